package org.cairndns.perf.faults;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.load.LoadTally;

/** What a server made of failing upstreams, beside what it did with healthy ones. */
final class UpstreamFindings {
    private static final double MORE_MILLIS = 100;
    private static final double MAX_EXTRA_PERCENT = 6;

    /** The count may begin with the packet of a turn before it, one more in some hundred. */
    private static final double MAX_PACKETS_PER_SECOND = 2.01;

    private static final double MAX_RECOVERY_SECONDS = 1;

    private final Contender server;
    private final List<Verdict> verdicts = new ArrayList<>();
    private double healthyMillis;

    UpstreamFindings(Contender server) {
        this.server = server;
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    /** Both upstreams answered. */
    void healthy(LoadTally tally) {
        healthyMillis = tally.latency().p99Millis();
        verdicts.add(Verdict.seen(server.label(), "both healthy: p99 of a miss", millis(healthyMillis)));
    }

    /** One upstream did not answer, and so many packets went to both. */
    void oneBad(String what, LoadTally tally, long packets) {
        double p99 = tally.latency().p99Millis();
        long without = tally.failed() + tally.lost();
        double extra = 100.0 * (packets - tally.asked()) / tally.asked();
        add(
                what + ": p99 of a miss",
                "at most the healthy one + 100 ms",
                millis(p99),
                p99 <= healthyMillis + MORE_MILLIS);
        add(what + ": SERVFAIL or no answer in 2 s", "0", without + " of " + tally.asked(), without == 0);
        add(what + ": more packets than queries", "under 6 %", "%.2f %%".formatted(extra), extra < MAX_EXTRA_PERCENT);
    }

    /** No upstream answered. */
    void bothDead(LoadTally tally, DeadUpstreams dead) {
        String what = "both dead for " + tally.seconds() + " s: ";
        add(
                what + "packets to them a second, checks among them",
                "at most 2",
                "%.2f, %.2f".formatted(dead.packetsPerSecond(), dead.checksPerSecond()),
                dead.packetsPerSecond() <= MAX_PACKETS_PER_SECOND);
        verdicts.add(Verdict.seen(
                server.label(),
                what + "p99 of a SERVFAIL, none in 2 s",
                millis(tally.latency().p99Millis()) + ", " + tally.lost()));
        add(
                what + "one comes back, answers after",
                "at most 1 s",
                "%.2f s".formatted(dead.recoverySeconds()),
                dead.recoverySeconds() <= MAX_RECOVERY_SECONDS);
    }

    private void add(String what, String target, String seen, boolean isMet) {
        verdicts.add(Verdict.judged(server.label(), what, target, seen, isMet));
    }

    private static String millis(double millis) {
        return "%.1f ms".formatted(millis);
    }
}
