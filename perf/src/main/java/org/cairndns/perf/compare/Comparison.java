package org.cairndns.perf.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs of all mixes against servers that run side by side and take turns under load. */
final class Comparison {
    private static final int SETTLE_SECONDS = 5;

    private final Dnsperf dnsperf;
    private final QueryFiles queries;
    private final Timing timing;
    private final PrintStream progress;
    private final List<Round> rounds = new ArrayList<>();
    private final List<MemoryUse> memory = new ArrayList<>();

    /**
     * How long to load.
     *
     * @param warmUpSeconds before the first round of each mix; a JIT needs 10 or more
     */
    record Timing(int warmUpSeconds, int roundSeconds, int rounds) {}

    Comparison(Dnsperf dnsperf, QueryFiles queries, Timing timing, PrintStream progress) {
        this.dnsperf = dnsperf;
        this.queries = queries;
        this.timing = timing;
        this.progress = progress;
    }

    void run(List<RunningPeer> peers, List<Mix> mixes) throws IOException, InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        noteMemory(peers, "ready");
        for (Mix mix : mixes) {
            List<RunningPeer> asked = peers.stream()
                    .filter(peer -> peer.peer().mixes().contains(mix))
                    .toList();
            for (RunningPeer peer : asked) {
                load(peer, mix, timing.warmUpSeconds());
            }
            for (int number = 1; number <= timing.rounds(); number++) {
                for (RunningPeer peer : asked) {
                    round(peer, mix, number);
                }
            }
            noteMemory(asked, "after " + mix.label());
        }
    }

    private void round(RunningPeer peer, Mix mix, int number) throws IOException, InterruptedException {
        Usage before = peer.usage();
        Dnsperf.Load load = load(peer, mix, timing.roundSeconds());
        double cpuSeconds = peer.usage().cpuSeconds() - before.cpuSeconds();
        Round round = new Round(
                mix.label(),
                peer.peer().name(),
                number,
                load.answers(),
                load.lost(),
                cpuSeconds,
                load.queriesPerSecond(),
                load.meanLatencyMillis(),
                load.rcodes());
        rounds.add(round);
        progress.printf(
                Locale.ROOT,
                "%-8s %-8s %d  %,9.0f answers per CPU second, %,9.0f/s, lost %d%n",
                round.mix(),
                round.server(),
                number,
                round.answersPerCpuSecond(),
                round.answersPerSecond(),
                round.lost());
    }

    private Dnsperf.Load load(RunningPeer peer, Mix mix, int seconds) throws IOException, InterruptedException {
        Path file = queries.file(mix);
        return dnsperf.run(peer.peer().port(), file, seconds, mix == Mix.MISS);
    }

    private void noteMemory(List<RunningPeer> peers, String moment) throws IOException {
        for (RunningPeer peer : peers) {
            memory.add(MemoryUse.of(peer.peer().name(), moment, peer.usage()));
        }
    }

    List<Round> rounds() {
        return rounds;
    }

    List<MemoryUse> memory() {
        return memory;
    }
}
