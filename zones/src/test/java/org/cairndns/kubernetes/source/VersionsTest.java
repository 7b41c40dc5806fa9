package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {
    @ParameterizedTest
    @CsvSource({
        "9, 10, true, false",
        "10, 10, false, true",
        "11, 10, false, true",
        "999999999999999998, 999999999999999999, true, false",
        "'', 10, false, false",
        "10, '', false, false",
        "abc, 10, false, false",
        "10, 1e9, false, false",
        "-1, 10, false, false",
        "1234567890123456789012, 10, false, false"
    })
    void order_ofNumbersOnly(String version, String other, boolean isBefore, boolean isAtLeast) {
        assertThat(Versions.isBefore(version, other)).isEqualTo(isBefore);
        assertThat(Versions.isAtLeast(version, other)).isEqualTo(isAtLeast);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "4294967295, 4294967296", "abc, abd", "1, ''"})
    void revision_otherVersion_otherNumber(String version, String other) {
        assertThat(Versions.revision(version)).isEqualTo(Versions.revision(version));
        assertThat(Versions.revision(version)).isNotEqualTo(Versions.revision(other));
    }
}
