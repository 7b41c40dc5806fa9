package org.cairndns.perf.latency;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.compare.Spread;
import org.cairndns.perf.load.Percentiles;

/**
 * Latencies at fixed rates, as they go to the files.
 *
 * @param facts about machine, versions and run
 */
record RatesReport(Map<String, String> facts, List<LoadRun> runs) implements Report {
    /** The rate and the mix with a target. */
    private static final int TARGET_RATE = 15_000;

    private static final String TARGET_MIX = "pods";

    /** What separates the runs of one row from others. */
    private record Row(String mix, int ratePerSecond, String server) {}

    /** One row for each mix, rate and server with medians of its rounds. */
    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# Latency at fixed rates\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            Medians of the rounds in milliseconds, the servers took turns. Open loop: latency counts from the instant at
            which a query was due, so a stall of the server counts for all that waited, and what the generator was late
            counts too; its own part is in the last columns. The end is the kernel's stamp of the answer.

            | mix | queries/s | server | p50 | p99 | p99.9 | smallest to largest | p99.99 | longest | lost | failed | sender late p99.9 | longest | server waited for its processor |
            |---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
        Set<Row> rows = new LinkedHashSet<>();
        runs.forEach(run -> rows.add(new Row(run.mix(), run.ratePerSecond(), run.server())));
        rows.forEach(row -> text.append(line(row)));
        target().ifPresent(text::append);
        return text.toString();
    }

    private String line(Row row) {
        List<LoadRun> mine = of(row);
        Percentiles latency =
                Percentiles.median(mine.stream().map(LoadRun::latency).toList());
        Percentiles lateness =
                Percentiles.median(mine.stream().map(LoadRun::lateness).toList());
        Spread p999 =
                Spread.of(mine.stream().map(run -> run.latency().p999Millis()).toList());
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %.3f | %.3f | %.3f | %.3f to %.3f | %.3f | %.3f | %d | %d | %.3f | %.3f | %.1f |%n",
                row.mix(),
                row.ratePerSecond(),
                row.server(),
                latency.p50Millis(),
                latency.p99Millis(),
                latency.p999Millis(),
                p999.min(),
                p999.max(),
                latency.p9999Millis(),
                latency.maxMillis(),
                mine.stream().mapToLong(LoadRun::lost).sum(),
                mine.stream().mapToLong(LoadRun::failed).sum(),
                lateness.p999Millis(),
                lateness.maxMillis(),
                median(row, LoadRun::waitedMillis));
    }

    private Optional<String> target() {
        Row cairn = new Row(TARGET_MIX, TARGET_RATE, Contender.CAIRN.label());
        Row coreDns = new Row(TARGET_MIX, TARGET_RATE, Contender.COREDNS.label());
        if (of(cairn).isEmpty() || of(coreDns).isEmpty()) {
            return Optional.empty();
        }
        ToDoubleFunction<LoadRun> p999 = run -> run.latency().p999Millis();
        double part = median(cairn, p999) / median(coreDns, p999);
        return Optional.of(String.format(
                Locale.ROOT,
                "%nTarget: p99.9 of Cairn at %,d per second on `%s` at most a third of CoreDNS's. Measured: %.2f of"
                        + " it.%n",
                TARGET_RATE,
                TARGET_MIX,
                part));
    }

    private double median(Row row, ToDoubleFunction<LoadRun> figure) {
        return Spread.of(of(row).stream().map(figure::applyAsDouble).toList()).median();
    }

    private List<LoadRun> of(Row row) {
        return runs.stream()
                .filter(run -> new Row(run.mix(), run.ratePerSecond(), run.server()).equals(row))
                .toList();
    }
}
