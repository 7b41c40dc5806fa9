package org.cairndns.perf.container;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.cairndns.perf.compare.Churn;
import org.cairndns.perf.compare.Cores;
import org.cairndns.perf.compare.Dnsperf;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.faults.Verdict;

/** A server in a container with a memory limit, through everything that makes it grow. */
final class MemoryRun {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final int RATE = 2_000;
    private static final Duration RELIST_LIMIT = Duration.ofSeconds(60);
    private static final String SLICES = "endpointslices";
    private static final int RELOAD_SECONDS = 1;
    private static final int RELOADS = 5;

    private final ContainerStage stage;
    private final String server;
    private final Cores cores;
    private final int secondsOfMix;
    private final long seed;
    private final List<Verdict> verdicts = new ArrayList<>();

    /**
     * @param server label of it in results
     * @param secondsOfMix of as many queries as come back, for each mix
     */
    MemoryRun(ContainerStage stage, String server, Cores cores, int secondsOfMix, long seed) {
        this.stage = stage;
        this.server = server;
        this.cores = cores;
        this.secondsOfMix = secondsOfMix;
        this.seed = seed;
    }

    /**
     * Runs it, and judges what came of it.
     *
     * @param isCold whether nothing of its files is in memory at the start, which costs this machine what it has of others
     */
    List<Verdict> of(ContainerSpec spec, boolean isCold) throws IOException, InterruptedException {
        try (ServerContainer container = isCold
                        ? ServerContainer.startCold(spec, stage.network())
                        : ServerContainer.start(spec, stage.network());
                MemoryWatch watch = new MemoryWatch(container.group())) {
            run(container, watch);
            // Who was killed has no more pages to give.
            boolean up = container.isRunning();
            seen("memory, the most of all", watch.peak());
            ServerContainer.End end = container.stop(GRACE);
            String seen = up ? "up to the end, exit code " + end.exitCode() : "ended: " + end;
            judged("killed for its memory, or ended", "no", seen, up && end.exitCode() == 0 && !end.outOfMemory());
        }
        return verdicts;
    }

    private void run(ServerContainer container, MemoryWatch watch) throws IOException, InterruptedException {
        Probe probe = new Probe(container);
        double seconds = probe.secondsUntil(START_LIMIT, () -> probe.answers(stage.knownName()));
        if (seconds < 0) {
            return;
        }
        seen("first answer after the start", "%.2f s".formatted(seconds));
        seen("memory, loaded", watch.words());
        TimeUnit.SECONDS.sleep(secondsOfMix);
        seen("memory, idle", watch.words());
        for (Mix mix : Mix.values()) {
            Dnsperf.Load load = full(probe, mix);
            seen(
                    "memory, " + mix.label(),
                    "%s; %.0f queries a second, %d lost"
                            .formatted(watch.words(), load.queriesPerSecond(), load.lost()));
            if (!container.isRunning()) {
                return;
            }
        }
        relist(container, watch);
        reload(container, watch);
    }

    private Dnsperf.Load full(Probe probe, Mix mix) throws IOException, InterruptedException {
        Path queries = stage.queries(mix, seed);
        if (mix != Mix.CHURN) {
            return new Dnsperf(cores).run(probe.dns(), queries, secondsOfMix, mix);
        }
        try (Churn churn = stage.churn(seed)) {
            Dnsperf.Load load = new Dnsperf(cores).run(probe.dns(), queries, secondsOfMix, mix);
            seen("changes of the cluster in " + mix.label(), String.valueOf(churn.accepted()));
            return load;
        }
    }

    private void relist(ServerContainer container, MemoryWatch watch) throws IOException, InterruptedException {
        SteadyClients clients = clients(container);
        stage.api().restart();
        long end = System.nanoTime() + RELIST_LIMIT.toNanos();
        while (stage.api().lists(SLICES) == 0 && container.isRunning() && System.nanoTime() - end < 0) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        TimeUnit.SECONDS.sleep(secondsOfMix);
        SteadyClients.Result result = clients.stop();
        seen("memory, everything listed anew", watch.words());
        seen(
                "lists of slices that the API served for that",
                String.valueOf(stage.api().lists(SLICES)));
        lost("lost while all is listed anew", result);
    }

    private void reload(ServerContainer container, MemoryWatch watch) throws IOException, InterruptedException {
        if (!container.isRunning()) {
            return;
        }
        SteadyClients clients = clients(container);
        for (int i = 0; i < RELOADS; i++) {
            stage.reload(container);
            TimeUnit.SECONDS.sleep(RELOAD_SECONDS);
        }
        SteadyClients.Result result = clients.stop();
        seen("memory, " + RELOADS + " reloads", watch.words());
        lost("lost in " + RELOADS + " reloads", result);
    }

    private SteadyClients clients(ServerContainer container) throws IOException {
        return SteadyClients.start(new Probe(container).dns(), stage.queries(Mix.PODS, seed), RATE);
    }

    private void lost(String what, SteadyClients.Result result) {
        judged(what, "0", result.words(), result.lost() + result.failed() == 0);
    }

    private void judged(String what, String target, String text, boolean isMet) {
        verdicts.add(Verdict.judged(server, what, target, text, isMet));
    }

    private void seen(String what, String text) {
        verdicts.add(Verdict.seen(server, what, text));
    }
}
