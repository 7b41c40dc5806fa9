package org.cairndns.perf.latency;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.load.Percentiles;

/**
 * Lists of whole clusters under load, as they go to the files.
 *
 * @param facts about machine, versions and run
 */
record RelistReport(Map<String, String> facts, List<RelistRun> runs) implements Report {
    private static final double KIB_PER_MIB = 1024;

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# A list of everything under load\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            The API server is ended and started again under load; it has forgotten the history of changes, so each server
            lists everything anew. Memory is resident, its peak by the kernel's own mark. Target for Cairn: at most 15 %
            above steady. The API server shares a processor with the sender, which it makes late; latency counts from when
            a query was due.

            | server | steady MiB | peak MiB | growth | lists counted | p50 | p99 | p99.9 | worst before | worst after | sender late longest | lost | failed |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
        for (RelistRun run : runs) {
            int end = run.seconds().size();
            Percentiles latency = run.whole().latency();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %+.1f %% | %d | %.3f | %.3f | %.3f | %.1f | %.1f | %.1f | %d | %d |%n",
                    run.whole().server(),
                    run.steadyKib() / KIB_PER_MIB,
                    run.peakKib() / KIB_PER_MIB,
                    run.growthPercent(),
                    run.lists(),
                    latency.p50Millis(),
                    latency.p99Millis(),
                    latency.p999Millis(),
                    run.worstMillis(0, run.restartSecond()),
                    run.worstMillis(run.restartSecond(), end),
                    run.whole().lateness().maxMillis(),
                    run.whole().lost(),
                    run.whole().failed()));
        }
        return text.toString();
    }
}
