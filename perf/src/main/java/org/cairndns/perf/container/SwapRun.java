package org.cairndns.perf.container;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.faults.Verdict;

/** An image that takes the place of another one behind the address of cluster DNS, and gives it back, while clients ask. */
public final class SwapRun {
    private static final Duration RULES_LATE = Duration.ofSeconds(1);

    private final ServiceAddress service;
    private final RollingUpdate update;
    private final Path queries;
    private final int ratePerSecond;
    private final PrintStream progress;

    public SwapRun(
            ServiceAddress service, ContainerNetwork network, Path queries, int ratePerSecond, PrintStream progress) {
        this.service = service;
        this.update = new RollingUpdate(service, network, RULES_LATE);
        this.queries = queries;
        this.ratePerSecond = ratePerSecond;
        this.progress = progress;
    }

    /** Swaps and swaps back a number of times; what the clients saw of all. */
    public SteadyClients.Result run(ContainerSpec before, ContainerSpec after, int times) throws IOException {
        ServerContainer pod = update.first(before);
        try {
            SteadyClients clients = SteadyClients.start(service, queries, ratePerSecond);
            try {
                for (int i = 0; i < 2 * times; i++) {
                    ContainerSpec next = i % 2 == 0 ? after : before;
                    RollingUpdate.Replaced replaced = update.replace(pod, next);
                    pod = replaced.pod();
                    progress.println("now " + next.image() + ", the one before ended with " + replaced.end());
                }
            } finally {
                progress.println(clients.stop());
            }
            return clients.stop();
        } finally {
            pod.close();
        }
    }

    /** The same as lines of results. */
    static List<Verdict> verdicts(ContainerStage stage, ContainerSpec before, ContainerSpec after, int times)
            throws IOException {
        int rate = 500;
        try (ServiceAddress service = ServiceAddress.in(stage.network())) {
            SwapRun run = new SwapRun(service, stage.network(), stage.queries(Mix.PODS, 1), rate, System.out);
            SteadyClients.Result result = run.run(before, after, times);
            String what = "%d swaps of %s for %s and back at %d a second, lost"
                    .formatted(times, before.image(), after.image(), rate);
            return List.of(Verdict.of("both", what, "0", result.words(), result.lost() + result.failed() == 0));
        }
    }
}
