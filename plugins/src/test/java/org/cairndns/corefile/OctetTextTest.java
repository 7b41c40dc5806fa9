package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OctetTextTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    text,     octets
                    0,        0
                    16777216, 16777216
                    512B,     512
                    16MB,     16777216
                    16mb,     16777216
                    16M,      16777216
                    16Mi,     16777216
                    16MiB,    16777216
                    4k,       4096
                    2G,       2147483648
                    """)
    void parse_size_isOctets(String text, long octets) {
        assertThat(OctetText.parse(text)).hasValue(octets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "MB", "-1", "+1", "1.5MB", "16 MB", "16TB", "16i", "9999999999999G", "99999999999999999999"})
    void parse_noSize_isNothing(String text) {
        assertThat(OctetText.parse(text)).isEmpty();
    }
}
