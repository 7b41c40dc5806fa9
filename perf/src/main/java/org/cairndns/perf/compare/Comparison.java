package org.cairndns.perf.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Runs of all mixes against servers that run side by side and take turns under load. */
final class Comparison {
    private static final int SETTLE_SECONDS = 5;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Dnsperf dnsperf;
    private final QueryFiles queries;
    private final Timing timing;
    private final Supplier<Churn> churn;
    private final PrintStream progress;
    private final List<Round> rounds = new ArrayList<>();
    private final List<ChangeCost> changeCosts = new ArrayList<>();
    private final List<MemoryUse> memory = new ArrayList<>();

    /**
     * How long to load.
     *
     * @param warmUpSeconds before the first round of each mix; a JIT needs 10 or more
     */
    record Timing(int warmUpSeconds, int roundSeconds, int rounds) {
        /** What a server takes for one mix. */
        int totalSeconds() {
            return warmUpSeconds + rounds * roundSeconds;
        }
    }

    /**
     * @param churn starts the changes of the cluster that go on during {@link Mix#CHURN}
     */
    Comparison(Dnsperf dnsperf, QueryFiles queries, Timing timing, Supplier<Churn> churn, PrintStream progress) {
        this.dnsperf = dnsperf;
        this.queries = queries;
        this.timing = timing;
        this.churn = churn;
        this.progress = progress;
    }

    void run(List<RunningPeer> peers, List<Mix> mixes) throws IOException, InterruptedException {
        int runs = mixes.stream().mapToInt(mix -> asked(peers, mix).size()).sum();
        progress.printf(
                "%d runs of a server with a mix, about %d minutes%n", runs, 1 + runs * timing.totalSeconds() / 60);
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        noteMemory(peers, "ready");
        for (Mix mix : mixes) {
            List<RunningPeer> asked = asked(peers, mix);
            if (mix == Mix.CHURN) {
                try (Churn changes = churn.get()) {
                    run(asked, mix, Optional.of(changes));
                    noteChangeCosts(asked, changes);
                    if (changes.refused() > 0) {
                        progress.printf("the API server refused %d changes%n", changes.refused());
                    }
                }
            } else {
                run(asked, mix, Optional.empty());
            }
            noteMemory(asked, "after " + mix.label());
        }
    }

    private static List<RunningPeer> asked(List<RunningPeer> peers, Mix mix) {
        return peers.stream().filter(peer -> peer.peer().mixes().contains(mix)).toList();
    }

    private void run(List<RunningPeer> asked, Mix mix, Optional<Churn> changes)
            throws IOException, InterruptedException {
        for (RunningPeer peer : asked) {
            progress.printf("%-8s %-13s warm-up%n", mix.label(), peer.name());
            load(peer, mix, timing.warmUpSeconds());
        }
        for (int number = 1; number <= timing.rounds(); number++) {
            for (RunningPeer peer : asked) {
                round(peer, mix, number, changes);
            }
        }
    }

    private void round(RunningPeer peer, Mix mix, int number, Optional<Churn> changes)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        long changesBefore = changes.map(Churn::accepted).orElse(0L);
        Usage before = peer.usage();
        Dnsperf.Load load = load(peer, mix, timing.roundSeconds());
        double cpuSeconds = peer.usage().cpuSeconds() - before.cpuSeconds();
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        Round round = new Round(
                mix.label(),
                peer.name(),
                number,
                load.answers(),
                load.lost(),
                cpuSeconds,
                load.queriesPerSecond(),
                load.meanLatencyMillis(),
                load.meanResponseOctets(),
                load.rcodes(),
                (changes.map(Churn::accepted).orElse(0L) - changesBefore) / seconds);
        rounds.add(round);
        progress.printf(
                Locale.ROOT,
                "%-8s %-13s %d  %,9.0f answers per CPU second, %,9.0f/s, lost %d%s%n",
                round.mix(),
                round.server(),
                number,
                round.answersPerCpuSecond(),
                round.answersPerSecond(),
                round.lost(),
                changes.isPresent() ? String.format(Locale.ROOT, ", %.0f changes/s", round.changesPerSecond()) : "");
    }

    private Dnsperf.Load load(RunningPeer peer, Mix mix, int seconds) throws IOException, InterruptedException {
        return dnsperf.run(peer.port(), queries.file(mix), seconds, mix);
    }

    /** All servers at once: nobody asks, all of them hear of every change. */
    private void noteChangeCosts(List<RunningPeer> peers, Churn changes) throws IOException, InterruptedException {
        List<Double> cpuBefore = new ArrayList<>();
        for (RunningPeer peer : peers) {
            cpuBefore.add(peer.usage().cpuSeconds());
        }
        long start = System.nanoTime();
        long changesBefore = changes.accepted();
        TimeUnit.SECONDS.sleep(timing.roundSeconds());
        long made = changes.accepted() - changesBefore;
        double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
        for (int i = 0; i < peers.size(); i++) {
            double cpuSeconds = peers.get(i).usage().cpuSeconds() - cpuBefore.get(i);
            changeCosts.add(new ChangeCost(peers.get(i).name(), made / seconds, 1000 * cpuSeconds / made));
        }
    }

    private void noteMemory(List<RunningPeer> peers, String moment) throws IOException {
        for (RunningPeer peer : peers) {
            memory.add(MemoryUse.of(peer.name(), moment, peer.usage()));
        }
    }

    /** What was found out so far. */
    CompareReport report(Map<String, String> facts, List<String> absent) {
        return CompareReport.of(facts, absent, new CompareReport.Measured(rounds, changeCosts, memory));
    }
}
