package org.cairndns.plugin.health.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "0.254 | 0.25",
                "7 | 7",
                "42.31 | 42.3",
                "999.4 | 999",
                "1240 | 1,240",
                "9999 | 9,999",
                "12400 | 12.4 k",
                "1000000 | 1 M",
                "2.5e12 | 2.50 T",
                "NaN | –",
                "Infinity | –",
            })
    void number(double value, String words) {
        assertThat(Wording.number(value)).isEqualTo(words.replace(' ', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 %",
                "0.004 | < 0.01 %",
                "0.05 | 0.05 %",
                "93.14 | 93.1 %",
                "99.95 | > 99.9 %",
                "100 | 100 %",
                "NaN | –",
            })
    void percent(double value, String words) {
        assertThat(Wording.percent(value)).isEqualTo(words.replace(' ', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 ms",
                "0.0000315 | 31.5 µs",
                "0.00031 | 0.31 ms",
                "0.0124 | 12.4 ms",
                "0.999 | 999 ms",
                "1.25 | 1.25 s",
                "NaN | –",
            })
    void time(double seconds, String words) {
        assertThat(Wording.time(seconds)).isEqualTo(words.replace(' ', '\u00a0'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.84 | 0.8 s",
                "45.9 | 45 s",
                "185 | 3 min",
                "18725 | 5 h 12 min",
                "274000 | 3 d 4 h",
                "NaN | –",
            })
    void age(double seconds, String words) {
        assertThat(Wording.age(seconds).replace('\u00a0', ' ')).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"512 | 512 B", "1474560 | 1.41 MiB"})
    void octets(long value, String words) {
        assertThat(Wording.octets(value)).isEqualTo(words.replace(' ', '\u00a0'));
    }
}
