package org.cairndns.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cairndns.perf.load.Percentiles;
import org.junit.jupiter.api.Test;

class RatesReportTest {
    private static final Percentiles LATE = new Percentiles(0, 0, 0.004, 0, 0.25);

    @Test
    void markdown_roundsOfTwoServers_hasMediansAndTheTarget() {
        RatesReport report = new RatesReport(
                Map.of("kernel", "6.1"),
                List.of(
                        run("cairn", 1, 0.5),
                        run("coredns", 1, 4),
                        run("cairn", 2, 0.9),
                        run("coredns", 2, 6),
                        run("cairn", 3, 1.0),
                        run("coredns", 3, 2)));

        assertThat(report.markdown())
                .contains(
                        "- kernel: 6.1",
                        "| pods | 15,000 | cairn | 0.030 | 0.200 | 0.900 | 0.500 to 1.000 | 1.800 | 3.000 | 3 | 6 |"
                                + " 0.004 | 0.250 | 1.5 |",
                        "Measured: 0.23 of it");
    }

    @Test
    void markdown_withoutCoreDns_hasNoRatio() {
        assertThat(new RatesReport(Map.of(), List.of(run("cairn", 1, 1))).markdown())
                .doesNotContain("Target");
    }

    private static LoadRun run(String server, int number, double p999) {
        Percentiles latency = new Percentiles(0.03, 0.2, p999, 2 * p999, 3);
        return new LoadRun("pods", server, 15_000, number, 150_000, 1, 2, latency, latency, LATE, 1.5);
    }
}
