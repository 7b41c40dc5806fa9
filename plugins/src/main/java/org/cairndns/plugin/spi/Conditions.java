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
    private final Map<Key, String> lasting = new HashMap<>();

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
    public synchronized void begin(PluginLog log, String condition, String subject, String message) {
        if (!message.equals(lasting.put(new Key(condition, subject), message))) {
            gauge.labelValues(condition, subject).set(1);
            watchers.forEach(watcher -> watcher.begun(condition, subject, message));
            log.warn(message);
        }
    }

    /** It is over; nothing happens if it was not wrong. */
    public synchronized void end(PluginLog log, String condition, String subject, String message) {
        if (forget(condition, subject)) {
            log.info(message);
        }
    }

    /** Whoever looked after it is gone, by a reload for instance: the condition ends without a line. */
    public synchronized void drop(String condition, String subject) {
        forget(condition, subject);
    }

    /** Tells a watcher what lasts, and from now on what begins and ends. */
    public synchronized void watch(Watcher watcher) {
        lasting.forEach((key, message) -> watcher.begun(key.condition(), key.subject(), message));
        watchers.add(watcher);
    }

    /** Ends {@link #watch}. */
    public void unwatch(Watcher watcher) {
        watchers.remove(watcher);
    }

    private boolean forget(String condition, String subject) {
        boolean known = lasting.remove(new Key(condition, subject)) != null;
        if (known) {
            gauge.labelValues(condition, subject).set(0);
            watchers.forEach(watcher -> watcher.ended(condition, subject));
        }
        return known;
    }
}
