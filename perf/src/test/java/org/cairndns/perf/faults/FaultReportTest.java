package org.cairndns.perf.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultReportTest {
    @Test
    void markdown_ofVerdicts_saysWhichTargetsAreMissed() {
        FaultReport report = new FaultReport(
                "The API is away",
                Map.of("seed", "1"),
                List.of(
                        Verdict.of("cairn", "wrong answers", "0", "0", true),
                        Verdict.of("cairn", "repair", "at most 10 s", "12 s", false),
                        Verdict.seen("coredns", "wrong answers", "7")));

        assertThat(report.isAsExpected()).isFalse();
        assertThat(report.markdown())
                .startsWith("# The API is away\n\n- seed: 1\n")
                .contains("| cairn | wrong answers | 0 | 0 | met |\n")
                .contains("| cairn | repair | at most 10 s | 12 s | **missed** |\n")
                .contains("| coredns | wrong answers |  | 7 |  |\n");
    }
}
