package org.cairndns.corefile;

import java.time.Duration;

/**
 * The values a duration option may take.
 *
 * @param min shortest accepted
 * @param max longest accepted
 * @param standard what holds when the option is not given
 */
public record DurationBounds(Duration min, Duration max, Duration standard) {
    /** The longest duration a Corefile can express, about 292 years: for options without an upper bound. */
    public static final Duration UNBOUNDED = Duration.ofNanos(Long.MAX_VALUE);

    public DurationBounds {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("min: expected at most " + max + ", got " + min);
        }
    }
}
