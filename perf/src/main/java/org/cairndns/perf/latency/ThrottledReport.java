package org.cairndns.perf.latency;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.load.Percentiles;

/**
 * Runs with a small part of a processor, as they go to the files.
 *
 * @param facts about machine, versions and run
 */
record ThrottledReport(Map<String, String> facts, List<ThrottledRun> runs) implements Report {
    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# Little processor time\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            A control group gives each server its part of every 100 ms, as a container's limit does. Warm: the limit begins
            after a load with a whole processor; cold: as soon as the server is ready. Milliseconds from when a query was
            due. Target for Cairn: p99 under 20 ms at 200 per second, after a warm-up.

            | server | before the limit | p50 | p99 | p99.9 | longest | lost | failed | throttled periods |
            |---|---|---:|---:|---:|---:|---:|---:|---:|
            """);
        for (ThrottledRun run : runs) {
            Percentiles latency = run.whole().latency();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.3f | %.3f | %.3f | %.3f | %d | %d | %d |%n",
                    run.whole().server(),
                    run.warm() ? "warm" : "cold",
                    latency.p50Millis(),
                    latency.p99Millis(),
                    latency.p999Millis(),
                    latency.maxMillis(),
                    run.whole().lost(),
                    run.whole().failed(),
                    run.throttledPeriods()));
        }
        return text.toString();
    }
}
