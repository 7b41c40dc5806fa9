package org.cairndns.plugin.kubernetes;

import java.time.Duration;

/**
 * When changes of a cluster are worth a new snapshot: once they have settled, but not for long after the first of them.
 *
 * <p>Not thread-safe; times are those of one clock, in nanoseconds.
 */
final class SaveTimes {
    /** A burst of changes is over after so long without one. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /** So long a change may miss in the file while others go on; also the pause after a failure and between configurations. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private long seen = -1;
    private boolean unsaved;
    private long firstChangeNanos;
    private long lastChangeNanos;
    private long lastAttemptNanos;

    /** Nothing was tried for long. */
    SaveTimes(long nowNanos) {
        this.lastAttemptNanos = nowNanos - LONGEST.toNanos();
    }

    /** There is nothing to save, or what there was is saved. */
    void nothingUnsaved() {
        unsaved = false;
    }

    /** It was tried to save, with or without success. */
    void attempted(long nowNanos) {
        lastAttemptNanos = nowNanos;
    }

    /** True if the last attempt is so long ago that one more costs little. */
    boolean isAttemptLongAgo(long nowNanos) {
        return nowNanos - lastAttemptNanos >= LONGEST.toNanos();
    }

    /**
     * Takes that the cluster is not as the file has it; true if it is time to save.
     *
     * @param revision another number for each change
     */
    boolean isDue(long revision, long nowNanos) {
        if (!unsaved) {
            unsaved = true;
            firstChangeNanos = nowNanos;
        }
        if (revision != seen) {
            seen = revision;
            lastChangeNanos = nowNanos;
        }
        boolean settled = nowNanos - lastChangeNanos >= QUIET.toNanos();
        boolean late = nowNanos - firstChangeNanos >= LONGEST.toNanos();
        boolean failing = !isAttemptLongAgo(nowNanos) && firstChangeNanos < lastAttemptNanos;
        return (settled || late) && !failing;
    }
}
