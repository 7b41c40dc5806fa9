package org.cairndns.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How Cairn should do in a mix beside another server, by answers per second of processor time.
 *
 * @param than name of the other server
 * @param atLeast times the figure of the other; 1 for ahead of it
 * @param measured times the figure of the other, empty if one of the two was not measured
 */
record Target(String mix, String than, double atLeast, OptionalDouble measured) {
    private static final double LIMIT_SHARE = 0.65;

    /** The targets of all mixes that were run, beside what was measured. */
    static List<Target> of(List<Summary> summaries) {
        List<Target> targets = new ArrayList<>();
        for (Mix mix : Mix.values()) {
            targets.add(of(summaries, mix, Contender.COREDNS, timesCoreDns(mix)));
        }
        for (Contender peer : List.of(
                Contender.DNSDIST,
                Contender.UNBOUND,
                Contender.KNOT_RESOLVER,
                Contender.PDNS_RECURSOR,
                Contender.DNSMASQ)) {
            targets.add(of(summaries, Mix.CACHED, peer, 1));
        }
        targets.add(of(summaries, Mix.MISS, Contender.UNBOUND, 1));
        targets.add(of(summaries, Mix.MISS, Contender.KNOT_RESOLVER, 1));
        targets.add(of(summaries, Mix.CLUSTER, Contender.ECHO_C, LIMIT_SHARE));
        targets.add(of(summaries, Mix.CACHED, Contender.ECHO_C, LIMIT_SHARE));
        Set<String> run = summaries.stream().map(Summary::mix).collect(Collectors.toSet());
        return targets.stream().filter(target -> run.contains(target.mix())).toList();
    }

    private static double timesCoreDns(Mix mix) {
        return switch (mix) {
            case CLUSTER, CACHED, PODS, MISS, CHURN -> 3;
            case TCP, HEADLESS -> 2.5;
        };
    }

    private static Target of(List<Summary> summaries, Mix mix, Contender than, double atLeast) {
        OptionalDouble own = figure(summaries, mix, Contender.CAIRN);
        OptionalDouble other = figure(summaries, mix, than);
        return new Target(
                mix.label(),
                than.label(),
                atLeast,
                own.isPresent() && other.isPresent()
                        ? OptionalDouble.of(own.getAsDouble() / other.getAsDouble())
                        : OptionalDouble.empty());
    }

    private static OptionalDouble figure(List<Summary> summaries, Mix mix, Contender server) {
        return summaries.stream()
                .filter(summary ->
                        summary.mix().equals(mix.label()) && summary.server().equals(server.label()))
                .mapToDouble(summary -> summary.answersPerCpuSecond().median())
                .findFirst();
    }

    /** True if it was measured and is reached. */
    boolean reached() {
        return measured.isPresent() && measured.getAsDouble() >= atLeast;
    }
}
