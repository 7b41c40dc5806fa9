package org.cairndns.plugin.erratic;

import java.time.Duration;

/**
 * Which queries meet with what.
 *
 * @param dropEvery one query of so many gets no response; 0 for none
 * @param truncateEvery one of so many gets a truncated response; 0 for none
 * @param delayEvery one of so many waits; 0 for none
 * @param delay for how long
 * @param large whether an A query gets thirty records, more than 512 octets without compression
 */
record ErraticConfig(int dropEvery, int truncateEvery, int delayEvery, Duration delay, boolean large) {
    static final int USUAL_AMOUNT = 2;
    static final Duration USUAL_DELAY = Duration.ofMillis(100);

    /** True for the first query and every {@code amount}th after it; false if there is no amount. */
    static boolean meets(long number, int amount) {
        return amount > 0 && number % amount == 0;
    }
}
