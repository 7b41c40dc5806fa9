package org.cairndns.plugin.secondary;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.cairndns.zone.data.Zone;

/** When the primaries of a zone are asked again, by its SOA record (RFC 1034 4.3.5). Not thread-safe. */
final class CheckTimes {
    private static final long FIRST_RETRY_MILLIS = 250;
    private static final long MAX_FIRST_RETRY_MILLIS = 10_000;
    private static final long MAX_REFRESH_JITTER_MILLIS = 5_000;
    private static final long MAX_RETRY_JITTER_MILLIS = 2_000;

    private final RandomGenerator random;
    private long firstRetryMillis = FIRST_RETRY_MILLIS;

    CheckTimes(RandomGenerator random) {
        this.random = random;
    }

    /** A check went well: the next failure is a first one. */
    void succeeded() {
        firstRetryMillis = FIRST_RETRY_MILLIS;
    }

    /** From a check that went well to the next one. */
    long refreshMillis(Zone zone) {
        return jittered(millis(zone.soa().refreshSeconds()), MAX_REFRESH_JITTER_MILLIS);
    }

    /** From a check that failed to the next one, which takes longer each time as long as there is no zone. */
    long retryMillis(Optional<Zone> zone) {
        if (zone.isPresent()) {
            return jittered(millis(zone.get().soa().retrySeconds()), MAX_RETRY_JITTER_MILLIS);
        }
        long pause = firstRetryMillis;
        firstRetryMillis = Math.min(2 * pause, MAX_FIRST_RETRY_MILLIS);
        // Many servers that start together shall not ask together for ever.
        return jittered(pause, MAX_RETRY_JITTER_MILLIS);
    }

    /** From a check that went well to the end of the zone. */
    static long expiryMillis(Zone zone) {
        // A zone that expires before it was asked for twice would come and go, so as in BIND it does not.
        long twoChecks = millis(zone.soa().refreshSeconds())
                + millis(zone.soa().retrySeconds())
                + MAX_REFRESH_JITTER_MILLIS
                + MAX_RETRY_JITTER_MILLIS;
        return Math.max(twoChecks, millis(zone.soa().expireSeconds()));
    }

    private long jittered(long millis, long maxJitterMillis) {
        return millis + random.nextLong(Math.min(maxJitterMillis, millis / 2) + 1);
    }

    /** An interval of an SOA record, which has 32 bits without a sign; zero would be no pause. */
    private static long millis(int seconds) {
        return TimeUnit.SECONDS.toMillis(Math.max(1, Integer.toUnsignedLong(seconds)));
    }
}
