package org.cairndns.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cairndns.perf.load.Percentiles;
import org.junit.jupiter.api.Test;

class SoakReportTest {
    private static final Percentiles TIMES = new Percentiles(0.1, 0.2, 0.3, 0.4, 44);

    @Test
    void markdown_aSecondWithAPause_isNamedWithWhatElseWasLate() {
        String text = report(List.of(second(0, 2), second(1, 44), second(2, 9.9)));

        assertThat(text)
                .contains("| cairn | 0.100 | 0.200 | 0.300 | 0.400 | 44.000 | 1 of 3 |", "| 1 | 44.0 | 0.3 | 7.0 |")
                .doesNotContain("| 2 | 9.9");
    }

    @Test
    void markdown_noPause_namesNoSecond() {
        assertThat(report(List.of(second(0, 2)))).contains("0 of 1").doesNotContain("Seconds of cairn");
    }

    private static String report(List<Second> seconds) {
        LoadRun whole = new LoadRun("pods", "cairn", 15_000, 1, 45_000, 0, 0, TIMES, TIMES, TIMES, 0);
        return new SoakReport(Map.of(), List.of(new SoakRun(whole, seconds))).markdown();
    }

    private static Second second(int number, double worstMillis) {
        return new Second(number, worstMillis, 0.3, 100 * 1024, 50 * 1024, 7);
    }
}
