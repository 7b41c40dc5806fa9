package org.cairndns.perf.compare;

import java.util.Map;

/**
 * What one server did in one run of a mix.
 *
 * @param number from 1
 * @param answers queries that came back
 * @param lost queries that did not
 * @param cpuSeconds processor time of the server meanwhile
 * @param answersPerSecond by the wall clock
 * @param meanResponseOctets without headers of IP and below
 * @param rcodes answers by RCODE
 * @param changesPerSecond changes of EndpointSlices that the API server made meanwhile, 0 in mixes without any
 */
record Round(
        String mix,
        String server,
        int number,
        long answers,
        long lost,
        double cpuSeconds,
        double answersPerSecond,
        double meanLatencyMillis,
        int meanResponseOctets,
        Map<String, Long> rcodes,
        double changesPerSecond) {
    /** Answers for each second of the server's own processor time. */
    double answersPerCpuSecond() {
        return answers / cpuSeconds;
    }
}
