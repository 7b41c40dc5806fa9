package org.cairndns.perf.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * All rounds of a server in a mix.
 *
 * @param answersPerCpuSecond of the server's own processor time, the figure to compare
 * @param answersPerSecond by the wall clock, median
 * @param lost in all rounds
 * @param meanLatencyMillis median of the means
 * @param meanResponseOctets median of the means
 * @param rcodes share of each RCODE in all answers, 0..1
 * @param changesPerSecond median
 */
record Summary(
        String mix,
        String server,
        int rounds,
        Spread answersPerCpuSecond,
        double answersPerSecond,
        long lost,
        double meanLatencyMillis,
        double meanResponseOctets,
        Map<String, Double> rcodes,
        double changesPerSecond) {

    /** One for each mix and server, in the order of the first rounds. */
    static List<Summary> of(List<Round> rounds) {
        Map<List<String>, List<Round>> groups = new LinkedHashMap<>();
        for (Round round : rounds) {
            groups.computeIfAbsent(List.of(round.mix(), round.server()), key -> new ArrayList<>())
                    .add(round);
        }
        return groups.values().stream().map(Summary::ofGroup).toList();
    }

    private static Summary ofGroup(List<Round> rounds) {
        return new Summary(
                rounds.getFirst().mix(),
                rounds.getFirst().server(),
                rounds.size(),
                spread(rounds, Round::answersPerCpuSecond),
                spread(rounds, Round::answersPerSecond).median(),
                rounds.stream().mapToLong(Round::lost).sum(),
                spread(rounds, Round::meanLatencyMillis).median(),
                spread(rounds, Round::meanResponseOctets).median(),
                shares(rounds),
                spread(rounds, Round::changesPerSecond).median());
    }

    private static Spread spread(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return Spread.of(rounds.stream().map(figure::applyAsDouble).toList());
    }

    private static Map<String, Double> shares(List<Round> rounds) {
        double all = rounds.stream()
                .flatMap(round -> round.rcodes().values().stream())
                .mapToLong(Long::longValue)
                .sum();
        Map<String, Double> shares = new LinkedHashMap<>();
        for (Round round : rounds) {
            round.rcodes().forEach((rcode, count) -> shares.merge(rcode, count / all, Double::sum));
        }
        return shares;
    }
}
