package org.cairndns.zone;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReverseNameTest {
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            ADDRESS,       NAME
            10.152.183.1,  1.183.152.10.in-addr.arpa.
            0.0.0.255,     255.0.0.0.in-addr.arpa.
            fd00:1234::20, 0.2.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.4.3.2.1.0.0.d.f.ip6.arpa.
            """)
    void of_address_nameThatParsesBack(String text, String name) {
        IpAddress address = IpAddress.parse(text).orElseThrow();

        assertThat(ReverseName.of(address)).hasToString(name);
        ReverseName parsed = ReverseName.parse(DomainName.of(name.toUpperCase()));
        assertThat(parsed.isAddress()).isTrue();
        assertThat(parsed.address()).isEqualTo(address);
    }

    @Test
    void parse_fewerLabels_leadingBits() {
        assertThat(ReverseName.parse(DomainName.of("in-addr.arpa"))).isEqualTo(new ReverseName(false, 0, 0, 0));
        assertThat(ReverseName.parse(DomainName.of("152.10.in-addr.arpa")))
                .isEqualTo(new ReverseName(false, 0, 0x0a980000L, 16));
        assertThat(ReverseName.parse(DomainName.of("d.f.ip6.arpa")))
                .isEqualTo(new ReverseName(true, 0xfd00_0000_0000_0000L, 0, 8));
        assertThat(ReverseName.parse(DomainName.of("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa")))
                .isEqualTo(new ReverseName(true, 0xfd00_0000_0000_0000L, 0x1000_0000_0000_0000L, 68));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cluster.local",
                "arpa",
                "256.in-addr.arpa",
                "01.in-addr.arpa",
                "1.2.3.4.5.in-addr.arpa",
                "a.in-addr.arpa",
                "1000.in-addr.arpa",
                "g.ip6.arpa",
                "10.ip6.arpa",
                "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"
            })
    void parse_otherName_none(String name) {
        assertThat(ReverseName.parse(DomainName.of(name))).isEqualTo(ReverseName.NONE);
    }

    @Test
    void isReverseZone_onlyTheReverseTrees() {
        assertThat(ReverseName.isReverseZone(DomainName.of("in-addr.arpa"))).isTrue();
        assertThat(ReverseName.isReverseZone(DomainName.of("10.IN-ADDR.arpa"))).isTrue();
        assertThat(ReverseName.isReverseZone(DomainName.of("ip6.arpa"))).isTrue();
        assertThat(ReverseName.isReverseZone(DomainName.of("arpa"))).isFalse();
        assertThat(ReverseName.isReverseZone(DomainName.of("cluster.local"))).isFalse();
    }
}
