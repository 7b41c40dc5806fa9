package org.cairndns.perf.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.cairndns.perf.load.Percentiles;
import org.junit.jupiter.api.Test;

class RelistReportTest {
    private static final Percentiles TIMES = new Percentiles(0.1, 0.2, 0.3, 0.4, 30);

    @Test
    void markdown_aRun_hasGrowthAndTheWorstBeforeAndAfterTheRestart() {
        LoadRun whole = new LoadRun("pods", "cairn", 10_000, 1, 30_000, 4, 5, TIMES, TIMES, TIMES, 0);
        List<Second> seconds = List.of(second(0, 3), second(1, 30), second(2, 8));

        String text = new RelistReport(Map.of(), List.of(new RelistRun(whole, seconds, 1, 2, 100 * 1024, 112 * 1024)))
                .markdown();

        assertThat(text)
                .contains(
                        "| cairn | 100.0 | 112.0 | +12.0 % | 2 | 0.100 | 0.200 | 0.300 | 3.0 | 30.0 | 30.0 | 4 | 5 |");
    }

    private static Second second(int number, double worstMillis) {
        return new Second(number, worstMillis, 0, 100 * 1024, 50 * 1024, 0);
    }
}
