package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompareReportTest {
    private static final SequencedMap<String, Long> RCODES = new TreeMap<>(Map.of("NOERROR", 3L, "NXDOMAIN", 1L));

    @Test
    void markdown_roundsOfTwoServers_hasMediansOfAnswersPerCpuSecondAndTheirRatio() {
        CompareReport report = CompareReport.of(
                Map.of("kernel", "6.1"),
                List.of("unbound is not there: Debian package unbound"),
                new CompareReport.Measured(
                        List.of(
                                round("coredns", 1, 100_000, 2.5),
                                round("cairn", 1, 100_000, 0.8),
                                round("coredns", 2, 100_000, 2.0),
                                round("cairn", 2, 100_000, 1.0),
                                round("coredns", 3, 100_000, 4.0),
                                round("cairn", 3, 100_000, 0.5)),
                        List.of(new ChangeCost("cairn", 199.7, 0.454)),
                        List.of(new MemoryUse("cairn", "ready", 2048, 1024))));

        assertThat(report.markdown())
                .contains(
                        "- kernel: 6.1",
                        "- unbound is not there: Debian package unbound",
                        "| cluster | coredns | 40,000 | 25,000 to 50,000 | 1.00 | 5,000 | 3 | 1.50 ms |",
                        "| cluster | cairn | 125,000 | 100,000 to 200,000 | 3.13 | 5,000 | 3 | 1.50 ms |",
                        "| cluster: 3.0 times coredns | 3.13 | yes |",
                        "| cluster: 0.65 times echo-c | - | not measured |",
                        "| cluster | cairn | NOERROR 75.00 %, NXDOMAIN 25.00 % | 62 | - |",
                        "| cairn | 200 | 0.45 ms |",
                        "| cairn | ready | 2.0 | 1.0 |");
    }

    private static Round round(String server, int number, long answers, double cpuSeconds) {
        return new Round("cluster", server, number, answers, 1, cpuSeconds, 5000, 1.5, 62, RCODES, 0);
    }
}
