package org.cairndns.perf.compare;

/**
 * What one server did in one run of a mix.
 *
 * @param number from 1
 * @param answers queries that came back
 * @param lost queries that did not
 * @param cpuSeconds processor time of the server meanwhile
 * @param answersPerSecond by the wall clock
 * @param rcodes how dnsperf counts the responses
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
        String rcodes) {
    /** Answers for each second of the server's own processor time. */
    double answersPerCpuSecond() {
        return answers / cpuSeconds;
    }
}
