package org.cairndns.perf.faults;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.perf.load.LoadTally;

/**
 * What is said about a server in a flood.
 *
 * @param isOneClient false if the flood comes from so many addresses that the others are not told from it
 * @param seconds length of the flood
 */
record FloodFindings(String server, boolean isOneClient, int seconds) {
    private static final double MAX_LOST = 0.001;
    private static final double MAX_P99_MILLIS = 10;
    private static final double MAX_GROWTH = 0.05;
    private static final double KIB_PER_MIB = 1024;

    /** Resident memory before and at most. */
    record Memory(long beforeKib, long peakKib) {
        double growth() {
            return (double) peakKib / beforeKib - 1;
        }
    }

    /**
     * The findings.
     *
     * @param saturation answers a second at most
     * @param flood datagrams a second of the flood
     * @param alone the others before it
     * @param during the others from its begin to some seconds after its end
     */
    List<Verdict> verdicts(double saturation, double flood, LoadTally alone, LoadTally during, Memory memory) {
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(Verdict.seen(server, "saturation, answers a second", "%.0f".formatted(saturation)));
        verdicts.add(Verdict.seen(
                server, "flood, queries a second", "%.0f, %.1f times saturation".formatted(flood, flood / saturation)));
        verdicts.add(Verdict.seen(
                server,
                "others alone: p99, lost",
                "%.2f ms, %d".formatted(alone.sinceSending().p99Millis(), alone.lost())));
        long asked = during.ratePerSecond() * seconds;
        double lost = (double) lost(during, 0, seconds) / asked;
        verdicts.add(judged(
                isOneClient,
                "others in the flood: lost",
                "under 0.1 %",
                "%d of %d, %.3f %%".formatted(lost(during, 0, seconds), asked, lost * 100),
                lost < MAX_LOST));
        double p99 = during.sinceSending().p99Millis();
        verdicts.add(judged(
                isOneClient,
                "others in the flood: p99",
                "under 10 ms",
                "%.2f ms".formatted(p99),
                p99 < MAX_P99_MILLIS));
        verdicts.add(Verdict.seen(
                server,
                "sender of the others late, p99",
                "%.2f ms".formatted(during.lateness().p99Millis())));
        verdicts.add(judged(
                true,
                "resident memory in the flood",
                "within 5 % of before",
                "%.1f MiB, before %.1f: %+.1f %%"
                        .formatted(
                                memory.peakKib() / KIB_PER_MIB,
                                memory.beforeKib() / KIB_PER_MIB,
                                memory.growth() * 100),
                memory.growth() <= MAX_GROWTH));
        long lostAfter = lost(during, seconds + 1, during.seconds());
        double worstAfter = worst(during, seconds + 1);
        verdicts.add(judged(
                true,
                "others from 1 s after the flood on",
                "none lost, longest under 10 ms besides what the sender is late",
                "%d lost, longest %.2f ms".formatted(lostAfter, worstAfter),
                lostAfter == 0 && worstAfter < MAX_P99_MILLIS));
        return verdicts;
    }

    private Verdict judged(boolean applies, String what, String target, String seen, boolean isMet) {
        return applies ? Verdict.judged(server, what, target, seen, isMet) : Verdict.seen(server, what, seen);
    }

    private static long lost(LoadTally tally, int from, int to) {
        long lost = 0;
        for (int second = from; second < to; second++) {
            lost += tally.lostIn(second);
        }
        return lost;
    }

    private static double worst(LoadTally tally, int from) {
        double worst = 0;
        for (int second = from; second < tally.seconds(); second++) {
            worst = Math.max(worst, tally.worstLatencyMillis(second) - tally.worstLatenessMillis(second));
        }
        return worst;
    }
}
