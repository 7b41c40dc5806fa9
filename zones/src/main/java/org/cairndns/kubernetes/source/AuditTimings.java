package org.cairndns.kubernetes.source;

import java.time.Duration;

/**
 * When an {@link ApiSource} compares what it knows with what the API has.
 *
 * @param interval from one comparison of a kind to the next, a fifth more or less at random and longer for very many objects; zero
 *     for never
 * @param firstLook how long the watch has to bring what a comparison found missing, if it is already ahead of the comparison
 * @param lastLook the same in any case; at least {@code firstLook}
 */
public record AuditTimings(Duration interval, Duration firstLook, Duration lastLook) {
    /** Without comparisons. */
    public static final AuditTimings OFF = new AuditTimings(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** What is right for a cluster: what is wrong for 45 s is found. */
    public static final AuditTimings DEFAULT = every(Duration.ofSeconds(25));

    public AuditTimings {
        if (interval.isNegative() || firstLook.isNegative() || lastLook.compareTo(firstLook) < 0) {
            throw new IllegalArgumentException(
                    "bad times of an audit: " + interval + ", " + firstLook + ", " + lastLook);
        }
    }

    /** A comparison about every {@code interval}; never, if that is zero. */
    public static AuditTimings every(Duration interval) {
        return new AuditTimings(interval, Duration.ofSeconds(2), Duration.ofSeconds(10));
    }

    boolean isOff() {
        return interval.isZero();
    }
}
