package org.cairndns.plugin.spi;

import io.prometheus.metrics.core.metrics.Gauge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What is wrong around the server right now, although it goes on: an API that is away, an upstream that loops, a port that is
 * taken.
 *
 * <p>Each condition is a series of {@code cairn_condition}, 1 as long as it lasts and 0 from its end on, with one line in the
 * log at its begin and one at its end. Names and subjects come from configuration, never from the network, so that their
 * number is bounded. Any thread.
 */
public final class Conditions {
    private static final String METRIC = "cairn_condition";

    private final Gauge gauge;

    /** What is wrong, by who says so. */
    private final Map<Key, Map<Object, String>> lasting = new HashMap<>();

    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();

    private record Key(String condition, String subject) {}

    /** Hears of begins and ends, under the lock of the conditions: it takes a note at most. */
    public interface Watcher {
        /** Something is wrong, with this message from now on. */
        void begun(String condition, String subject, String message);

        /** It is over, or nobody looks after it any longer. */
        void ended(String condition, String subject);
    }

    private Conditions(Gauge gauge) {
        this.gauge = gauge;
    }

    /** Those of the process. */
    public static Conditions of(Meters meters) {
        return meters.once(
                METRIC + "s",
                Conditions.class,
                name -> new Conditions(meters.gauge(
                        METRIC,
                        "What is wrong around the server, 1 while it lasts and 0 once it is over.",
                        "condition",
                        "subject")));
    }

    /**
     * Something is wrong; nothing happens if that was known with the same message.
     *
     * @param condition what, such as {@code upstream_loops}
     * @param subject where, such as an address of the Corefile; may be empty
     * @param message a line for the log: what is wrong, what is done about it, what the reader may do
     */
    public void begin(PluginLog log, String condition, String subject, String message) {
        begin(this, log, condition, subject, message);
    }

    /**
     * The same where several look after one subject, such as two zones of one file, or the directives before and after a reload:
     * it lasts for as long as one of them says so.
     *
     * @param owner who says so
     */
    public synchronized void begin(Object owner, PluginLog log, String condition, String subject, String message) {
        Map<Object, String> owners = lasting.computeIfAbsent(new Key(condition, subject), key -> new HashMap<>());
        boolean known = owners.containsValue(message);
        owners.put(owner, message);
        if (!known) {
            gauge.labelValues(condition, subject).set(1);
            watchers.forEach(watcher -> watcher.begun(condition, subject, message));
            log.warn(message);
        }
    }

    /** It is over; nothing happens if it was not wrong. */
    public void end(PluginLog log, String condition, String subject, String message) {
        end(this, log, condition, subject, message);
    }

    /** It is over for one of those who look after it. */
    public synchronized void end(Object owner, PluginLog log, String condition, String subject, String message) {
        if (forget(owner, condition, subject)) {
            log.info(message);
        }
    }

    /** Whoever looked after it is gone, by a reload for instance: the condition ends without a line. */
    public void drop(String condition, String subject) {
        drop(this, condition, subject);
    }

    /** One of those who looked after it is gone. */
    public synchronized void drop(Object owner, String condition, String subject) {
        forget(owner, condition, subject);
    }

    /** Tells a watcher what lasts, and from now on what begins and ends. */
    public synchronized void watch(Watcher watcher) {
        lasting.forEach((key, owners) ->
                owners.values().forEach(message -> watcher.begun(key.condition(), key.subject(), message)));
        watchers.add(watcher);
    }

    /** Ends {@link #watch}. */
    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    /** True if it was wrong, and nobody says so any longer. */
    private boolean forget(Object owner, String condition, String subject) {
        Key key = new Key(condition, subject);
        Map<Object, String> owners = lasting.get(key);
        if (owners == null || owners.remove(owner) == null || !owners.isEmpty()) {
            return false;
        }
        lasting.remove(key);
        gauge.labelValues(condition, subject).set(0);
        watchers.forEach(watcher -> watcher.ended(condition, subject));
        return true;
    }
}
