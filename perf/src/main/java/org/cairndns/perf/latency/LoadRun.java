package org.cairndns.perf.latency;

import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.Percentiles;

/**
 * What one server did in one run at one rate.
 *
 * @param number from 1
 * @param lost queries without an answer within 2 s
 * @param failed answers with an RCODE other than NOERROR and NXDOMAIN
 * @param latency from the instant a query was due to its answer
 * @param sinceSending from the instant the query really went out to its answer
 * @param lateness from due to sent: what the generator or the machine was late
 * @param waitedMillis time in which threads of the server were ready to run and other programs had their processor
 */
record LoadRun(
        String mix,
        String server,
        int ratePerSecond,
        int number,
        long asked,
        long lost,
        long failed,
        Percentiles latency,
        Percentiles sinceSending,
        Percentiles lateness,
        double waitedMillis) {
    static LoadRun of(Mix mix, String server, int number, LoadTally tally, double waitedMillis) {
        return new LoadRun(
                mix.label(),
                server,
                (int) tally.ratePerSecond(),
                number,
                tally.asked(),
                tally.lost(),
                tally.failed(),
                tally.latency(),
                tally.sinceSending(),
                tally.lateness(),
                waitedMillis);
    }
}
