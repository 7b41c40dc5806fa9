package org.cairndns.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompareReportTest {
    @Test
    void markdown_roundsOfTwoServers_hasMediansOfAnswersPerCpuSecondAndTheirRatio() {
        CompareReport report = new CompareReport(
                Map.of("kernel", "6.1"),
                List.of(
                        round("coredns", 1, 100_000, 2.5),
                        round("cairn", 1, 100_000, 0.8),
                        round("coredns", 2, 100_000, 2.0),
                        round("cairn", 2, 100_000, 1.0),
                        round("coredns", 3, 100_000, 4.0),
                        round("cairn", 3, 100_000, 0.5)),
                List.of(new MemoryUse("cairn", "ready", 2048, 1024)));

        assertThat(report.markdown())
                .contains(
                        "- kernel: 6.1",
                        "| cluster | coredns | 40,000 | 25,000 to 50,000 | 1.00 | 5,000 | 3 | 1.50 ms |",
                        "| cluster | cairn | 125,000 | 100,000 to 200,000 | 3.13 | 5,000 | 3 | 1.50 ms |",
                        "| cluster | cairn | NOERROR 1 (100.00%) |",
                        "| cairn | ready | 2.0 | 1.0 |");
    }

    private static Round round(String server, int number, long answers, double cpuSeconds) {
        return new Round("cluster", server, number, answers, 1, cpuSeconds, 5000, 1.5, "NOERROR 1 (100.00%)");
    }
}
