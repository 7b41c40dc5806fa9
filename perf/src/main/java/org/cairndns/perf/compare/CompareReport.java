package org.cairndns.perf.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Everything that a comparison found out, as it goes to the files.
 *
 * @param facts about machine, versions and run
 */
record CompareReport(Map<String, String> facts, List<Round> rounds, List<MemoryUse> memory) {
    /** Tables with the median of the rounds, its spread, the ratio to CoreDNS. */
    String markdown() {
        StringBuilder text = new StringBuilder("# Comparison under load\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            Answers per second of the server's own processor time (user and system), median of the rounds with the
            smallest and the largest; the servers took turns.

            | mix | server | answers per CPU second | smallest to largest | to CoreDNS | answers/s | lost | mean latency |
            |---|---|---:|---:|---:|---:|---:|---:|
            """);
        for (String mix : distinct(rounds.stream().map(Round::mix).toList())) {
            for (String server :
                    distinct(roundsOf(mix).stream().map(Round::server).toList())) {
                text.append(row(mix, server));
            }
        }
        text.append("\nThe mixes: ");
        for (Mix mix : Mix.values()) {
            text.append(mix.label()).append(", ").append(mix.description()).append(mix == Mix.MISS ? ".\n" : "; ");
        }
        text.append("\nResponse codes in the first round:\n\n| mix | server | responses |\n|---|---|---|\n");
        rounds.stream()
                .filter(round -> round.number() == 1)
                .forEach(round ->
                        text.append("| %s | %s | %s |\n".formatted(round.mix(), round.server(), round.rcodes())));
        text.append("\nResident memory in MiB:\n\n| server | moment | RSS | of it anonymous |\n|---|---|---:|---:|\n");
        for (MemoryUse use : memory) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.1f | %.1f |%n",
                    use.server(),
                    use.moment(),
                    use.rssKib() / 1024.0,
                    use.anonKib() / 1024.0));
        }
        return text.toString();
    }

    private String row(String mix, String server) {
        List<Round> mine = roundsOf(mix).stream()
                .filter(round -> round.server().equals(server))
                .toList();
        Spread perCpu = Spread.of(mine.stream().map(Round::answersPerCpuSecond).toList());
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f to %,.0f | %s | %,.0f | %d | %.2f ms |%n",
                mix,
                server,
                perCpu.median(),
                perCpu.min(),
                perCpu.max(),
                toCoreDns(mix, perCpu.median()),
                Spread.of(mine.stream().map(Round::answersPerSecond).toList()).median(),
                mine.stream().mapToLong(Round::lost).sum(),
                Spread.of(mine.stream().map(Round::meanLatencyMillis).toList()).median());
    }

    private String toCoreDns(String mix, double answersPerCpuSecond) {
        List<Double> reference = roundsOf(mix).stream()
                .filter(round -> round.server().equals(Contender.COREDNS.label()))
                .map(Round::answersPerCpuSecond)
                .toList();
        return reference.isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.2f",
                        answersPerCpuSecond / Spread.of(reference).median());
    }

    private List<Round> roundsOf(String mix) {
        return rounds.stream().filter(round -> round.mix().equals(mix)).toList();
    }

    private static List<String> distinct(List<String> values) {
        return new ArrayList<>(new LinkedHashSet<>(values));
    }
}
