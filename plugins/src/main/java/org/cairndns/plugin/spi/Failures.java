package org.cairndns.plugin.spi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why queries failed lately, without the names that were asked for.
 *
 * <p>Keeps the {@value #MAX_REASONS} reasons that were met last, each with how often. Counts nothing until somebody wants to
 * know. Any thread; for failures only, as a lock guards it.
 */
public final class Failures {
    /** Reasons that are kept. */
    public static final int MAX_REASONS = 20;

    private static final int MAX_REASON_CHARACTERS = 200;

    private final Map<Key, Seen> byReason = new LinkedHashMap<>(MAX_REASONS, 0.75f, true);
    private volatile boolean watched;

    private record Key(int rcode, String reason) {}

    private static final class Seen {
        private long count;
        private long lastNanos;
    }

    /**
     * Failures with one reason.
     *
     * @param reason one line that may hold anything that others sent
     * @param lastNanos when the latest was met, as of {@link ServerContext#nanoTime}
     */
    public record Failure(int rcode, String reason, long count, long lastNanos) {}

    private Failures() {}

    /** Those of the process. */
    public static Failures of(Meters meters) {
        return meters.once("failures", Failures.class, name -> new Failures());
    }

    /** Counts from now on. */
    public void watch() {
        watched = true;
    }

    /** Ends {@link #watch}. */
    public void unwatch() {
        watched = false;
    }

    /** A query failed. */
    public void add(Reply.Failed failed, long nowNanos) {
        if (watched) {
            String reason = failed.reason();
            count(
                    new Key(
                            failed.rcode(),
                            reason.length() <= MAX_REASON_CHARACTERS
                                    ? reason
                                    : reason.substring(0, MAX_REASON_CHARACTERS) + "..."),
                    nowNanos);
        }
    }

    private synchronized void count(Key key, long nowNanos) {
        Seen seen = byReason.get(key);
        if (seen == null) {
            if (byReason.size() == MAX_REASONS) {
                byReason.remove(byReason.keySet().iterator().next());
            }
            seen = new Seen();
            byReason.put(key, seen);
        }
        seen.count++;
        seen.lastNanos = nowNanos;
    }

    /** What was met, the latest first. */
    public synchronized List<Failure> latest() {
        List<Failure> all = new ArrayList<>();
        byReason.forEach((key, seen) -> all.add(new Failure(key.rcode(), key.reason(), seen.count, seen.lastNanos)));
        return all.reversed();
    }
}
