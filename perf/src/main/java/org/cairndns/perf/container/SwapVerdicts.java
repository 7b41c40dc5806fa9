package org.cairndns.perf.container;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.faults.Verdict;

/** The lines of results that swaps between two servers give. */
final class SwapVerdicts {
    private static final int PER_SECOND = 500;

    private final ContainerStage stage;
    private final Map<String, ContainerSpec> servers;
    private final int times;

    /**
     * @param servers by label, the one that takes the place of the other first; a single one takes its own
     */
    SwapVerdicts(ContainerStage stage, Map<String, ContainerSpec> servers, int times) {
        this.stage = stage;
        this.servers = servers;
        this.times = times;
    }

    /** Swaps and swaps back, led to new pods in both ways. */
    List<Verdict> all() throws IOException {
        try (ServiceAddress service = ServiceAddress.in(stage.network())) {
            List<Verdict> verdicts = new ArrayList<>();
            early(run(service, RollingUpdate.NewPod.AT_ONCE), verdicts);
            late(run(service, RollingUpdate.NewPod.WITH_RULES), verdicts);
            return verdicts;
        }
    }

    private void early(SwapRun.Outcome early, List<Verdict> verdicts) {
        for (Map.Entry<String, ContainerSpec> server : servers.entrySet()) {
            PodCount.Seen seen = early.of(server.getValue().image());
            verdicts.add(Verdict.judged(
                    server.getKey(),
                    swaps() + "led to a pod the moment that it says it is ready: without an answer",
                    "0",
                    "%d of %,d".formatted(seen.unanswered(), seen.led()),
                    seen.unanswered() == 0));
        }
        verdicts.add(Verdict.seen("both", "the clients of that", early.words()));
    }

    private void late(SwapRun.Outcome late, List<Verdict> verdicts) {
        verdicts.add(Verdict.of(
                "both",
                swaps() + "led to a pod by rules a second later, as in a cluster: lost",
                "0",
                late.words(),
                late.clients().lost() + late.clients().failed() == 0));
    }

    private String swaps() {
        return "%d swaps and back at %d a second, ".formatted(times, PER_SECOND);
    }

    private SwapRun.Outcome run(ServiceAddress service, RollingUpdate.NewPod newPod) throws IOException {
        List<ContainerSpec> specs = List.copyOf(servers.values());
        SwapRun run = new SwapRun(service, stage.network(), stage.queries(Mix.PODS, 1), PER_SECOND, System.out);
        return run.run(new SwapRun.Turn(specs.getLast(), newPod), new SwapRun.Turn(specs.getFirst(), newPod), times);
    }
}
