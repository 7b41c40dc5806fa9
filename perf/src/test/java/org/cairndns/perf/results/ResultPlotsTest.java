package org.cairndns.perf.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ResultPlotsTest {
    @Test
    void of_comparison_isBarsOfTheMedians() {
        assertThat(plots("""
            {"rounds": [
              {"mix": "pods", "server": "cairn", "answers": 600, "cpuSeconds": 2},
              {"mix": "pods", "server": "cairn", "answers": 500, "cpuSeconds": 1},
              {"mix": "pods", "server": "cairn", "answers": 400, "cpuSeconds": 1}],
             "memory": [{"server": "cairn", "moment": "ready", "rssKib": 102400}]}\
            """))
                .hasEntrySatisfying("cpu", svg -> assertThat(svg).contains(">pods<", ">cairn<", ">400<"))
                .hasEntrySatisfying("memory", svg -> assertThat(svg).contains(">ready<", ">100<"));
    }

    @Test
    void of_rates_isOnePlotForEachMixAndRate() {
        String latency = """
            {"p50Millis": 0.03, "p99Millis": 0.1, "p999Millis": 1, "p9999Millis": 2, "maxMillis": 5}\
            """;
        assertThat(plots("""
            {"runs": [
              {"mix": "pods", "server": "cairn", "ratePerSecond": 5000, "latency": %1$s},
              {"mix": "pods", "server": "coredns", "ratePerSecond": 5000, "latency": %1$s},
              {"mix": "pods", "server": "cairn", "ratePerSecond": 15000, "latency": %1$s}]}\
            """.formatted(latency)))
                .containsOnlyKeys("pods-5000", "pods-15000")
                .hasEntrySatisfying(
                        "pods-5000",
                        svg -> assertThat(svg)
                                .contains("Latency on pods at 5,000 queries per second", ">cairn<", ">coredns<"));
    }

    @Test
    void of_longLoad_isPausesAndMemoryInTime() {
        assertThat(plots("""
            {"runs": [{"whole": {"server": "cairn", "latency": {}}, "seconds": [
              {"second": 0, "worstMillis": 2.5, "rssKib": 102400},
              {"second": 1, "worstMillis": 20, "rssKib": 104448}]}]}\
            """)).containsOnlyKeys("pauses", "memory");
    }

    @Test
    void of_somethingElse_isNothing() {
        assertThat(plots("{\"facts\": {}}")).isEmpty();
    }

    private static Map<String, String> plots(String json) {
        return ResultPlots.of(JsonMapper.shared().readTree(json));
    }
}
