package org.cairndns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            TEXT,                 CANONICAL
            10.1.0.5,             10.1.0.5
            255.255.255.255,      255.255.255.255
            ::,                   ::
            ::1,                  ::1
            fd00::,               fd00::
            FD00:0:0:1:0:0:0:1,   fd00:0:0:1::1
            2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1
            1::2:0:0:3,           1::2:0:0:3
            0:0:1:0:0:1:0:0,      ::1:0:0:1:0:0
            ::ffff:10.0.0.1,      10.0.0.1
            64:ff9b::192.0.2.1,   64:ff9b::c000:201
            1:2:3:4:5:6:7::,      1:2:3:4:5:6:7:0
            """)
    void parse_addressText_canonicalText(String text, String canonical) {
        assertThat(IpAddress.parse(text)).get().hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.04",
                "1.2.3.256",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "0x1.2.3.4",
                "1.2.3.4 ",
                ":",
                ":::",
                "1:2:3",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:8::",
                "12345::",
                "g::",
                "1:",
                "::1:",
                ":1::",
                "fe80::1%eth0",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "\u0661::"
            })
    void parse_otherText_empty(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void of_randomAddresses_agreesWithJdkBothWays() throws Exception {
        long seed = 20261124;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(octets);
            for (int k = 0; k < octets.length; k++) {
                octets[k] &= (byte) (random.nextInt(3) == 0 ? 0xff : 0);
            }
            InetAddress expected = InetAddress.getByAddress(octets);

            IpAddress address = IpAddress.of(expected);

            assertThat(address.toInetAddress()).as("seed %d step %d", seed, i).isEqualTo(expected);
            assertThat(IpAddress.parse(address.toString())).contains(address);
            assertThat(InetAddress.ofLiteral(address.toString())).isEqualTo(expected);
        }
    }
}
