package org.cairndns.kubernetes.source;

import java.time.Duration;

/**
 * How long an {@link ApiSource} waits for what.
 *
 * @param listSilence a list on which nothing arrives for so long has failed
 * @param watchSilence a watch on which nothing arrives for so long is begun anew; the API sends bookmarks about every minute
 * @param backoffMin the first pause after a failure, doubled after each further one; half of it is random
 * @param backoffMax the longest pause
 * @param watchMin the least time after which the API is asked to end a watch; the most is twice that
 * @param audit when what is known is compared with the API
 */
public record ApiTimings(
        Duration listSilence,
        Duration watchSilence,
        Duration backoffMin,
        Duration backoffMax,
        Duration watchMin,
        AuditTimings audit) {
    /** What is right for a cluster. */
    public static final ApiTimings DEFAULT = new ApiTimings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(90),
            Duration.ofMillis(100),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5),
            AuditTimings.DEFAULT);

    public ApiTimings {
        requirePositive("listSilence", listSilence);
        requirePositive("watchSilence", watchSilence);
        requirePositive("backoffMin", backoffMin);
        requirePositive("watchMin", watchMin);
        if (backoffMax.compareTo(backoffMin) < 0) {
            throw new IllegalArgumentException("backoffMax " + backoffMax + " is less than backoffMin " + backoffMin);
        }
    }

    /** Timings without comparisons. */
    public ApiTimings(
            Duration listSilence, Duration watchSilence, Duration backoffMin, Duration backoffMax, Duration watchMin) {
        this(listSilence, watchSilence, backoffMin, backoffMax, watchMin, AuditTimings.OFF);
    }

    /** The same with other comparisons. */
    public ApiTimings withAudit(AuditTimings other) {
        return new ApiTimings(listSilence, watchSilence, backoffMin, backoffMax, watchMin, other);
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
    }
}
