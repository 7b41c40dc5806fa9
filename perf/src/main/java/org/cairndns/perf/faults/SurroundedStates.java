package org.cairndns.perf.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What a server says of the things that are amiss around it, in metrics and log. */
final class SurroundedStates {
    private static final String METRIC = "cairn_condition{condition=\"";
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /**
     * Something that is amiss.
     *
     * @param condition name, and the begin of the subject where there are several
     * @param line part of the one line in the log
     */
    private record State(String condition, String subject, String line) {}

    private final int metricsPort;
    private final List<State> lasting;

    /**
     * @param ports of health, readiness and metrics
     */
    SurroundedStates(List<Integer> ports) {
        this.metricsPort = ports.get(2);
        this.lasting = List.of(
                new State("corefile_rejected", "", "was refused, the last one that was taken runs in its place"),
                new State("api_unreachable", "", "Kubernetes API"),
                new State("api_forbidden", "", "endpointslices: the API does not allow"),
                new State("upstream_is_self", "127.0.0.1:53", "upstream 127.0.0.1:53 is this server itself"),
                new State("upstream_is_self", "127.0.0.53:53", "upstream 127.0.0.53:53 is this server itself"),
                new State("upstream_loops", "127.0.0.78:53", "upstream 127.0.0.78:53 is left out. Loop"),
                new State("port_taken", "http://127.0.0.1:" + ports.get(0), "listen http://127.0.0.1:" + ports.get(0)));
    }

    /** Waits until there are metrics. */
    void await(int limitSeconds) throws IOException {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(limitSeconds);
        while (true) {
            try {
                MetricsPage.read(metricsPort);
                return;
            } catch (IOException e) {
                if (System.nanoTime() - endNanos > 0) {
                    throw e;
                }
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** How often each is named. */
    List<Verdict> verdicts(List<String> log) throws IOException {
        List<String> page = MetricsPage.read(metricsPort).lines().toList();
        List<Verdict> verdicts = new ArrayList<>();
        for (State state : lasting) {
            String name = state.condition() + (state.subject().isEmpty() ? "" : " " + state.subject());
            long series = page.stream()
                    .filter(line -> is(line, state) && line.endsWith(" 1.0"))
                    .count();
            long lines = log.stream()
                    .filter(line -> line.startsWith("[WARNING]") && line.contains(state.line()))
                    .count();
            verdicts.add(Verdict.of(
                    "cairn",
                    "named: " + name,
                    "in one series, one line",
                    "%d series, %d lines".formatted(series, lines),
                    series == 1 && lines == 1));
        }
        return verdicts;
    }

    /** True once those are over that can be mended from outside the cluster. */
    boolean areMended() throws IOException {
        return MetricsPage.read(metricsPort)
                .lines()
                .filter(line -> line.startsWith(METRIC) && line.endsWith(" 1.0"))
                .noneMatch(line -> line.contains("corefile_rejected")
                        || line.contains("api_unreachable")
                        || line.contains("port_taken"));
    }

    private static boolean is(String line, State state) {
        return line.startsWith(METRIC + state.condition() + "\"") && line.contains("subject=\"" + state.subject());
    }
}
