package org.cairndns.plugin.health.status;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Conditions;

/** When conditions began, and which are over. Any thread. */
final class ConditionLog implements Conditions.Watcher {
    static final int MAX_ENDED = 20;

    private final LongSupplier nanoTime;
    private final Map<Key, Lasting> lasting = new LinkedHashMap<>();
    private final Deque<Ended> ended = new ArrayDeque<>();

    private record Key(String condition, String subject) {}

    /**
     * Something that is wrong.
     *
     * @param condition what, as the metric has it
     * @param subject where; may be empty
     */
    record Lasting(String condition, String subject, String message, long sinceNanos) {}

    /** Something that was wrong. */
    record Ended(Lasting what, long untilNanos) {}

    ConditionLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void begun(String condition, String subject, String message) {
        Lasting before = lasting.get(new Key(condition, subject));
        long since = before == null ? nanoTime.getAsLong() : before.sinceNanos();
        lasting.put(new Key(condition, subject), new Lasting(condition, subject, message, since));
    }

    @Override
    public synchronized void ended(String condition, String subject) {
        Lasting before = lasting.remove(new Key(condition, subject));
        if (before == null) {
            return;
        }
        ended.addFirst(new Ended(before, nanoTime.getAsLong()));
        if (ended.size() > MAX_ENDED) {
            ended.removeLast();
        }
    }

    /** What is wrong, the oldest first. */
    synchronized List<Lasting> lasting() {
        return new ArrayList<>(lasting.values());
    }

    /** What is over, the latest first. */
    synchronized List<Ended> ended() {
        return new ArrayList<>(ended);
    }
}
