package org.cairndns.perf.faults;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.perf.faults.loss.ClientTally;
import org.cairndns.perf.faults.loss.LossScene;
import org.cairndns.perf.faults.loss.SceneResult;

/** What a server made of lost packets. */
final class LossFindings {
    private static final double MAX_EXTRA_PERCENT = 6;
    private static final double MAX_CHANGE_SECONDS = 10;

    private final String server;
    private final List<Verdict> verdicts = new ArrayList<>();

    LossFindings(String server) {
        this.server = server;
    }

    List<Verdict> verdicts() {
        return verdicts;
    }

    /** What clients saw in a scene. */
    void scene(SceneResult result) {
        LossScene scene = result.scene();
        ClientTally forwarded = result.forwarded();
        ClientTally cluster = result.cluster();
        boolean sound = scene.hasSoundUpstream();
        // Where both tries of a client get lost on the way to it, no server can do anything.
        boolean reached = scene.clientPercent() == 0;
        add(
                scene.words() + ": forwarded names",
                (sound ? "no SERVFAIL, " : "") + "no wrong answer"
                        + (reached ? ", each answered by the second try" : ""),
                seen(forwarded),
                forwarded.wrong() == 0
                        && (!sound || forwarded.failed() == 0)
                        && (!reached || forwarded.unanswered() == 0));
        add(
                scene.words() + ": names of the cluster",
                "no SERVFAIL, no wrong answer" + (reached ? ", each answered at once" : ""),
                seen(cluster),
                cluster.wrong() + cluster.failed() == 0 && (!reached || cluster.repeated() == 0));
        add(
                scene.words() + ": queries that arrived, responses",
                "as many",
                result.arrived() + ", " + result.replied(),
                result.arrived() == result.replied());
        if (reached) {
            packets(result);
        }
    }

    private void packets(SceneResult result) {
        double extra = result.extraPercent();
        add(
                result.scene().words() + ": packets to upstreams beyond one for each query and each that was lost",
                "under 6 %",
                "%.2f %%, %d were lost".formatted(extra, result.lost()),
                extra < MAX_EXTRA_PERCENT);
        add(
                result.scene().words() + ": packets for names of which none was lost",
                "one, two if late",
                result.inTime().words(),
                result.inTime().beyond() == 0);
    }

    private static String seen(ClientTally tally) {
        return "%d SERVFAIL, %d wrong, %d of %,d unanswered; p50 %.1f, p99 %.0f, slowest %.0f ms"
                .formatted(
                        tally.failed(),
                        tally.wrong(),
                        tally.unanswered(),
                        tally.asked(),
                        tally.percentileMillis(50),
                        tally.percentileMillis(99),
                        tally.percentileMillis(100));
    }

    /** How many seconds it took to learn of changes in the API. */
    void changes(int percent, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        double slowest = sorted.isEmpty() ? 0 : sorted.getLast();
        double median = sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
        add(
                "%d %% lost to and from the API: new services known after".formatted(percent),
                "at most 10 s",
                "%.2f s, slowest of %d %.2f s".formatted(median, sorted.size(), slowest),
                slowest <= MAX_CHANGE_SECONDS);
    }

    private void add(String what, String target, String seen, boolean isMet) {
        verdicts.add(Verdict.judged(server, what, target, seen, isMet));
    }
}
