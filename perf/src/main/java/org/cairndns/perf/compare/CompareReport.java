package org.cairndns.perf.compare;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Everything that a comparison found out, as it goes to the files.
 *
 * @param facts about machine, versions and run
 * @param absent a line for each server that was wanted and is not on this machine
 */
record CompareReport(
        Map<String, String> facts,
        List<String> absent,
        List<Target> targets,
        List<Summary> summaries,
        List<Round> rounds,
        List<ChangeCost> changeCosts,
        List<MemoryUse> memory)
        implements Report {
    private static final double KIB_PER_MIB = 1024;

    /** What does not follow from anything else. */
    record Measured(List<Round> rounds, List<ChangeCost> changeCosts, List<MemoryUse> memory) {}

    /** The report with all that follows from the rounds. */
    static CompareReport of(Map<String, String> facts, List<String> absent, Measured measured) {
        List<Summary> summaries = Summary.of(measured.rounds);
        return new CompareReport(
                facts, absent, Target.of(summaries), summaries, measured.rounds, measured.changeCosts, measured.memory);
    }

    /** The same for readers. */
    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# Comparison under load\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        absent.forEach(line -> text.append("- ").append(line).append('\n'));
        targets(text);
        figures(text);
        responses(text);
        changeCosts(text);
        memory(text);
        return text.toString();
    }

    private void targets(StringBuilder text) {
        text.append("""

            ## Targets

            Answers of Cairn per second of its own processor time, as a multiple of another server's.

            | target | measured | reached |
            |---|---:|---|
            """);
        for (Target target : targets) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s: %s %s | %s | %s |%n",
                    target.mix(),
                    target.atLeast() == 1 ? "ahead of" : target.atLeast() + " times",
                    target.than(),
                    times(target.measured()),
                    target.measured().isEmpty() ? "not measured" : target.reached() ? "yes" : "no"));
        }
    }

    private void figures(StringBuilder text) {
        text.append("""

            ## Figures

            Answers per second of the server's own processor time (user and system), median of the rounds with the
            smallest and the largest; the servers took turns.

            | mix | server | answers per CPU second | smallest to largest | to CoreDNS | answers/s | lost | mean latency |
            |---|---|---:|---:|---:|---:|---:|---:|
            """);
        for (Summary row : summaries) {
            Spread perCpu = row.answersPerCpuSecond();
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f to %,.0f | %s | %,.0f | %d | %.2f ms |%n",
                    row.mix(),
                    row.server(),
                    perCpu.median(),
                    perCpu.min(),
                    perCpu.max(),
                    times(toCoreDns(row)),
                    row.answersPerSecond(),
                    row.lost(),
                    row.meanLatencyMillis()));
        }
        text.append("\nThe mixes:\n\n");
        for (Mix mix : Mix.values()) {
            text.append("- ")
                    .append(mix.label())
                    .append(": ")
                    .append(mix.description())
                    .append(".\n");
        }
    }

    private void responses(StringBuilder text) {
        text.append("""

            ## Responses

            Servers that do not send the same do not do the same work.

            | mix | server | RCODEs | mean octets | changes/s |
            |---|---|---|---:|---:|
            """);
        for (Summary row : summaries) {
            String rcodes = row.rcodes().entrySet().stream()
                    .map(share -> String.format(Locale.ROOT, "%s %.2f %%", share.getKey(), 100 * share.getValue()))
                    .collect(Collectors.joining(", "));
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f | %s |%n",
                    row.mix(),
                    row.server(),
                    rcodes,
                    row.meanResponseOctets(),
                    row.changesPerSecond() == 0 ? "-" : String.format(Locale.ROOT, "%.0f", row.changesPerSecond())));
        }
    }

    private void changeCosts(StringBuilder text) {
        if (changeCosts.isEmpty()) {
            return;
        }
        text.append("""

            ## Changes of EndpointSlices without queries

            | server | changes/s | processor time of a change |
            |---|---:|---:|
            """);
        for (ChangeCost cost : changeCosts) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.2f ms |%n",
                    cost.server(),
                    cost.changesPerSecond(),
                    cost.cpuMillisPerChange()));
        }
    }

    private void memory(StringBuilder text) {
        text.append(
                "\n## Resident memory in MiB\n\n| server | moment | RSS | of it anonymous |\n|---|---|---:|---:|\n");
        for (MemoryUse use : memory) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f |%n",
                    use.server(),
                    use.moment(),
                    use.rssKib() / KIB_PER_MIB,
                    use.anonKib() / KIB_PER_MIB));
        }
    }

    private OptionalDouble toCoreDns(Summary row) {
        return summaries.stream()
                .filter(other -> other.mix().equals(row.mix()) && other.server().equals(Contender.COREDNS.label()))
                .mapToDouble(other -> row.answersPerCpuSecond().median()
                        / other.answersPerCpuSecond().median())
                .findFirst();
    }

    private static String times(OptionalDouble ratio) {
        return ratio.isPresent() ? String.format(Locale.ROOT, "%.2f", ratio.getAsDouble()) : "-";
    }
}
