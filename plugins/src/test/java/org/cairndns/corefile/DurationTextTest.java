package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.000000001S, 1ns",
        "PT0.0015S, 1.5ms",
        "PT0.00002S, 20µs",
        "PT1S, 1s",
        "PT1.25S, 1.25s",
        "PT59S, 59s",
        "PT5M, 5m0s",
        "PT61.5S, 1m1.5s",
        "PT1H, 1h0m0s",
        "PT25H3M4S, 25h3m4s",
        "PT-30S, -30s",
    })
    void of_duration_readsAsGoPrintsIt(Duration duration, String text) {
        assertThat(DurationText.of(duration)).isEqualTo(text);
    }
}
