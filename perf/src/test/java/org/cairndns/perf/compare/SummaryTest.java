package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SummaryTest {
    @Test
    void of_roundsInTurn_isOneForEachMixAndServer() {
        List<Summary> summaries = Summary.of(List.of(
                round(Mix.CLUSTER, "cairn", 30_000),
                round(Mix.CLUSTER, "coredns", 10_000),
                round(Mix.CLUSTER, "cairn", 50_000),
                round(Mix.CLUSTER, "coredns", 12_000),
                round(Mix.TCP, "cairn", 20_000)));

        assertThat(summaries)
                .extracting(
                        Summary::mix,
                        Summary::server,
                        summary -> summary.answersPerCpuSecond().median())
                .containsExactly(
                        tuple("cluster", "cairn", 40_000.0),
                        tuple("cluster", "coredns", 11_000.0),
                        tuple("tcp", "cairn", 20_000.0));
        assertThat(summaries.getFirst().lost()).isEqualTo(2);
        assertThat(summaries.getFirst().rcodes()).isEqualTo(Map.of("NOERROR", 1.0));
    }

    @Test
    void targets_cairnBesideOthers_areReachedByTheRatioOfTheMedians() {
        List<Target> targets = Target.of(Summary.of(List.of(
                round(Mix.CACHED, "cairn", 120_000),
                round(Mix.CACHED, "coredns", 40_000),
                round(Mix.CACHED, "dnsdist", 125_000),
                round(Mix.CACHED, "echo-c", 180_000))));

        assertThat(target(targets, "cached", "coredns"))
                .isEqualTo(new Target("cached", "coredns", 3, OptionalDouble.of(3)));
        assertThat(target(targets, "cached", "coredns").reached()).isTrue();
        assertThat(target(targets, "cached", "dnsdist").reached()).isFalse();
        assertThat(target(targets, "cached", "echo-c").reached()).isTrue();
        assertThat(target(targets, "cached", "unbound"))
                .isEqualTo(new Target("cached", "unbound", 1, OptionalDouble.empty()));
        assertThat(target(targets, "cached", "unbound").reached()).isFalse();
        assertThat(targets).extracting(Target::mix).containsOnly("cached");
    }

    private static Target target(List<Target> targets, String mix, String than) {
        return targets.stream()
                .filter(target -> target.mix().equals(mix) && target.than().equals(than))
                .findFirst()
                .orElseThrow();
    }

    private static Round round(Mix mix, String server, long answers) {
        return new Round(mix.label(), server, 1, answers, 1, 1, 5000, 1.5, 62, Map.of("NOERROR", answers), 0);
    }
}
