package org.cairndns.perf.latency;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.load.Percentiles;

/**
 * Long runs, as they go to the files.
 *
 * @param facts about machine, versions and run
 */
record SoakReport(Map<String, String> facts, List<SoakRun> runs) implements Report {
    private static final double LIMIT_MILLIS = 10;
    private static final double KIB_PER_MIB = 1024;
    private static final int SHOWN = 20;

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# Long load\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            Milliseconds from the instant at which a query was due to the kernel's stamp of its answer. Target: no pause
            over 10 ms.

            | server | p50 | p99 | p99.9 | p99.99 | longest | seconds over 10 ms | sender late longest | lost | MiB at the start | most | at the end |
            |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
        runs.forEach(run -> text.append(row(run)));
        runs.forEach(run -> text.append(pauses(run)));
        return text.toString();
    }

    private static String row(SoakRun run) {
        Percentiles latency = run.whole().latency();
        long most = run.seconds().stream().mapToLong(Second::rssKib).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "| %s | %.3f | %.3f | %.3f | %.3f | %.3f | %d of %d | %.3f | %d | %.1f | %.1f | %.1f |%n",
                run.whole().server(),
                latency.p50Millis(),
                latency.p99Millis(),
                latency.p999Millis(),
                latency.p9999Millis(),
                latency.maxMillis(),
                run.above(LIMIT_MILLIS).size(),
                run.seconds().size(),
                run.whole().lateness().maxMillis(),
                run.whole().lost(),
                run.seconds().getFirst().rssKib() / KIB_PER_MIB,
                most / KIB_PER_MIB,
                run.seconds().getLast().rssKib() / KIB_PER_MIB);
    }

    private static String pauses(SoakRun run) {
        List<Second> above = run.above(LIMIT_MILLIS);
        if (above.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("""

            Seconds of %s over 10 ms, with what else was late in them: the sender, and the server's threads that waited
            for a processor that other programs had.

            | second | worst | sender late | waited for its processor |
            |---:|---:|---:|---:|
            """.formatted(run.whole().server()));
        for (Second second : above.subList(0, Math.min(SHOWN, above.size()))) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %.1f | %.1f | %.1f |%n",
                    second.second(),
                    second.worstMillis(),
                    second.worstLateMillis(),
                    second.waitedMillis()));
        }
        return text.toString();
    }
}
