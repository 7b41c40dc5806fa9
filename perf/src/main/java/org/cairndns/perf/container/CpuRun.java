package org.cairndns.perf.container;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.faults.Verdict;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.Clients;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;

/** A server in a container with a part of a processor, from its start on. */
final class CpuRun {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Clients CLIENTS = new Clients(64, 0);
    private static final int RATE = 200;
    private static final int SECONDS = 30;

    /** From which the stock manifests have a container that says nothing killed: their delay with five failures of ten seconds. */
    private static final double ALIVE_SECONDS = 60;

    private final ContainerStage stage;
    private final String server;
    private final long seed;

    CpuRun(ContainerStage stage, String server, long seed) {
        this.stage = stage;
        this.server = server;
        this.seed = seed;
    }

    /** Starts it, asks 200 times a second from the first answer on, and stops it. */
    List<Verdict> of(ContainerSpec spec) throws IOException {
        String with = " with " + spec.limits().cpus() + " processors";
        try (Arena arena = Arena.ofConfined();
                ServerContainer container = ServerContainer.start(spec, stage.network())) {
            Probe probe = new Probe(container);
            double answer = probe.secondsUntil(START_LIMIT, () -> probe.answers(stage.knownName()));
            double ready = probe.secondsUntil(START_LIMIT, probe::isReady);
            QueryPackets queries = QueryPackets.read(stage.queries(Mix.PODS, seed), arena);
            LoadTally tally = OpenLoop.run(probe.dns(), queries, new Pace(Arrivals.EVEN, RATE, SECONDS, seed), CLIENTS);
            long throttled = container.group().throttledPeriods();
            ServerContainer.End end = container.stop(GRACE);
            boolean isAlive = ready >= 0 && ready < ALIVE_SECONDS;
            return List.of(
                    Verdict.seen(server, "first answer" + with, "%.2f s".formatted(answer)),
                    Verdict.judged(server, "ready" + with, "before a probe has it killed", ready + " s", isAlive),
                    Verdict.seen(
                            server,
                            "%d a second from the first answer on%s".formatted(RATE, with),
                            "%d of %d lost, %d failed; p50 %.1f ms, p99 %.0f ms, longest %.0f ms; throttled in %d periods"
                                    .formatted(
                                            tally.lost(),
                                            tally.asked(),
                                            tally.failed(),
                                            tally.latency().p50Millis(),
                                            tally.latency().p99Millis(),
                                            tally.latency().maxMillis(),
                                            throttled)),
                    Verdict.judged(
                            server, "exit code" + with, "0", String.valueOf(end.exitCode()), end.exitCode() == 0));
        }
    }
}
