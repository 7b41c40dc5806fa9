package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialNumberTest {
    /** RFC 1982 5.1 and 5.2 at 32 bits. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
        one,        other,      less
        0,          1,          true
        1,          0,          false
        7,          7,          false
        0,          2147483647, true
        2147483647, 0,          false
        4294967295, 0,          true
        0,          4294967295, false
        4294967295, 100,        true
        0,          2147483648, true
        2147483648, 0,          false
        0,          2147483649, false
        """)
    void isLess_acrossTheEndOfTheNumbers_asTheRfcOrders(long one, long other, boolean less) {
        assertThat(SerialNumber.isLess(one, other)).isEqualTo(less);
    }
}
