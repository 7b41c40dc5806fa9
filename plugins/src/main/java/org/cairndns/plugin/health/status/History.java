package org.cairndns.plugin.health.status;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last 15 minutes in readings of five seconds; what is older makes room. Any thread. */
final class History {
    static final int INTERVAL_SECONDS = 5;
    static final int MAX_READINGS = 15 * 60 / INTERVAL_SECONDS;
    static final int READINGS_PER_MINUTE = 60 / INTERVAL_SECONDS;

    private final Deque<Reading> readings = new ArrayDeque<>(MAX_READINGS + 1);

    /** The counts of the last minute, the latest last. */
    private final Deque<Counted> minute = new ArrayDeque<>(READINGS_PER_MINUTE + 2);

    /** Begins with what was counted before. */
    History(Counted before) {
        minute.add(before);
    }

    /** Takes what is counted now. */
    synchronized void add(Counted now) {
        readings.add(Reading.between(minute.getLast(), now));
        if (readings.size() > MAX_READINGS) {
            readings.remove();
        }
        minute.add(now);
        if (minute.size() > READINGS_PER_MINUTE + 1) {
            minute.remove();
        }
    }

    /** The oldest first. */
    synchronized List<Reading> readings() {
        return List.copyOf(readings);
    }

    /** The last minute as one, up to what is counted now; what there is where it is less. */
    synchronized Reading lastMinute(Counted now) {
        return Reading.between(minute.getFirst(), now);
    }
}
