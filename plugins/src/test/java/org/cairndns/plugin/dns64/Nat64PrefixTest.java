package org.cairndns.plugin.dns64;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.cairndns.corefile.Cidr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Nat64PrefixTest {
    /** The first six rows are the table of RFC 6052 2.4. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32, 2001:db8:c000:221::",
        "2001:db8:100::/40, 2001:db8:1c0:2:21::",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33",
        "2001:db8:122:344::/72, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344:55::/80, 2001:db8:122:344:55:c000:221:0",
    })
    void embed_addressInEachLength_liesWhereTheRfcHasIt(String prefix, String expected) throws Exception {
        byte[] address = InetAddress.ofLiteral("192.0.2.33").getAddress();

        byte[] embedded = Nat64Prefix.of(Cidr.parse(prefix).orElseThrow()).embed(address);

        assertThat(InetAddress.getByAddress(embedded)).isEqualTo(InetAddress.ofLiteral(expected));
    }

    @Test
    void fits_otherLengthsAndIpv4_isFalse() {
        for (String prefix :
                new String[] {"64:ff9b::/97", "64:ff9b::/24", "64:ff9b::/104", "64:ff9b::/33", "10.0.0.0/8"}) {
            assertThat(Nat64Prefix.fits(Cidr.parse(prefix).orElseThrow()))
                    .as(prefix)
                    .isFalse();
        }
    }
}
