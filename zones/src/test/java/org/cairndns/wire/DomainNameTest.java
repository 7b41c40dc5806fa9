package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
    private static final String LABEL_63 = "x".repeat(63);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            .               | 00             | .
            a               | 016100         | a.
            a.              | 016100         | a.
            Ab.c.           | 02416201 6300  | Ab.c.
            a\\.b.c.        | 03612e62016300 | a\\.b.c.
            \\097.          | 016100         | a.
            \\000\\255.     | 0200ff00       | \\000\\255.
            \\@\\$.         | 02402400       | \\@$.
            \\\\.           | 015c00         | \\\\.
            'a b.'          | 03612062 00    | a\\ b.
            a;("').         | 06613b28222729 00 | a\\;\\(\\"\\'\\).
            é.              | 01e900         | \\233.
            \\é.            | 01e900         | \\233.
            *.a.            | 012a016100     | *.a.
            _http._tcp.     | 055f68747470045f74637000 | _http._tcp.
            """)
    void of_text_givesOctetsAndCanonicalText(String text, String octets, String canonical) {
        DomainName name = DomainName.of(text);

        assertThat(HexFormat.of().formatHex(name.toOctets())).isEqualTo(octets.replace(" ", ""));
        assertThat(name).hasToString(canonical);
        assertThat(DomainName.of(canonical).toOctets()).containsExactly(name.toOctets());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''         | is empty
            ..         | has an empty label
            .a         | has an empty label
            a..b       | has an empty label
            a..        | has an empty label
            a\\        | ends in a backslash
            a\\1       | has an escape without three digits
            a\\12x     | has an escape without three digits
            a\\256.    | holds a character over octet 255
            a\\999     | holds a character over octet 255
            €.         | holds a character over octet 255
            \\€        | holds a character over octet 255
            """)
    void of_badText_saysWhatIsWrong(String text, String reason) {
        assertThatThrownBy(() -> DomainName.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("domain name \"" + text + "\" " + reason);
    }

    @Test
    void of_labels_haveUpTo63Octets() {
        assertThat(DomainName.of(LABEL_63).length()).isEqualTo(65);
        assertThatThrownBy(() -> DomainName.of(LABEL_63 + "x.")).hasMessageContaining("has a label over 63 octets");
        assertThatThrownBy(() -> DomainName.of(LABEL_63 + "x")).hasMessageContaining("has a label over 63 octets");
    }

    @Test
    void of_names_haveUpTo255Octets() {
        String threeLabels = (LABEL_63 + ".").repeat(3);
        String longest = threeLabels + "x".repeat(61);

        assertThat(DomainName.of(longest).length()).isEqualTo(255);
        assertThat(DomainName.of(longest + ".").length()).isEqualTo(255);
        assertThat(DomainName.of("a.".repeat(127)).length()).isEqualTo(255);
        assertThatThrownBy(() -> DomainName.of(longest + "x")).hasMessageContaining("is over 255 octets");
        assertThatThrownBy(() -> DomainName.of("a.".repeat(127) + "b")).hasMessageContaining("is over 255 octets");
        assertThatThrownBy(() -> DomainName.of("a.".repeat(127) + ".")).hasMessageContaining("has an empty label");
        assertThatThrownBy(() -> DomainName.of("a.".repeat(100_000))).hasMessageContaining("is over 255 octets");
    }

    @Test
    void equals_names_ignoreAsciiCaseOnly() {
        DomainName name = DomainName.of("Web.EXAMPLE.com.");

        assertThat(name)
                .isEqualTo(DomainName.of("wEB.example.COM"))
                .hasSameHashCodeAs(DomainName.of("web.example.com."))
                .isNotEqualTo(DomainName.of("web.example.co."))
                .isNotEqualTo("web.example.com.");
        // The octets on both sides of the letters, and letters of Latin-1, are no case of another.
        assertThat(DomainName.of("\\064\\091")).isNotEqualTo(DomainName.of("\\096\\123"));
        assertThat(DomainName.of("\\192")).isNotEqualTo(DomainName.of("\\224"));
    }

    @Test
    void compareTo_names_agreesWithEquals() {
        DomainName a = DomainName.of("A.example.");

        assertThat(a).isEqualByComparingTo(DomainName.of("a.EXAMPLE."));
        assertThat(a).isLessThan(DomainName.of("b.example."));
        assertThat(DomainName.of("\\200.")).isGreaterThan(DomainName.of("z."));
    }

    @Test
    void prefixOctets_names_stopAtLabelBoundaries() {
        DomainName name = DomainName.of("a.b.Example.com.");

        assertThat(name.prefixOctets(DomainName.of("example.COM."))).isEqualTo(4);
        assertThat(name.prefixOctets(name)).isZero();
        assertThat(name.prefixOctets(DomainName.ROOT)).isEqualTo(name.length() - 1);
        assertThat(name.prefixOctets(DomainName.of("x.a.b.example.com."))).isEqualTo(-1);
        assertThat(name.prefixOctets(DomainName.of("example.net."))).isEqualTo(-1);
        // "\003com." ends in octets that look like the name com. but are inside a label.
        assertThat(DomainName.of("xxx\\003com.").prefixOctets(DomainName.of("com.")))
                .isEqualTo(-1);
    }

    @Test
    void isAtOrBelow_zone_coversItAndWhatLiesUnderIt() {
        DomainName zone = DomainName.of("cluster.local.");

        assertThat(zone.isAtOrBelow(zone)).isTrue();
        assertThat(DomainName.of("a.Cluster.local.").isAtOrBelow(zone)).isTrue();
        assertThat(DomainName.of("xcluster.local.").isAtOrBelow(zone)).isFalse();
        assertThat(DomainName.of("local.").isAtOrBelow(zone)).isFalse();
        assertThat(DomainName.ROOT.isAtOrBelow(DomainName.ROOT)).isTrue();
    }

    @Test
    void suffixes_name_keepItsCase() {
        DomainName name = DomainName.of("a.Bc.D.");

        assertThat(name.labelCount()).isEqualTo(3);
        assertThat(DomainName.ROOT.labelCount()).isZero();
        assertThat(name.suffixAt(0)).isSameAs(name);
        assertThat(name.suffixAt(2)).hasToString("Bc.D.");
        assertThat(name.parent()).hasToString("Bc.D.");
        assertThat(name.parent().parent().parent()).isEqualTo(DomainName.ROOT);
        assertThat(DomainName.ROOT.parent()).isSameAs(DomainName.ROOT);
        assertThat(name.toLowerCase()).hasToString("a.bc.d.");
        assertThat(DomainName.of("x.").toLowerCase()).hasToString("x.");
    }

    @Test
    void prepend_label_takesItsOctets() {
        DomainName suffix = DomainName.of("example.");

        assertThat(DomainName.prepend("Web", suffix)).hasToString("Web.example.");
        assertThat(DomainName.prepend("a.b", suffix)).hasToString("a\\.b.example.");
        assertThat(DomainName.prepend("x", DomainName.ROOT)).hasToString("x.");
        assertThat(DomainName.prepend(LABEL_63, suffix).length()).isEqualTo(73);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 64, 62})
    void prepend_labelThatDoesNotFit_isRefused(int length) {
        DomainName suffix = DomainName.of((LABEL_63 + ".").repeat(3));

        assertThat(DomainName.prepend("x".repeat(61), suffix).length()).isEqualTo(255);
        assertThatThrownBy(() -> DomainName.prepend("x".repeat(length), suffix))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("label of " + length + " octets");
    }

    @Test
    void octets_name_areReadInBothCases() {
        DomainName name = DomainName.of("Ab.c.");
        ByteBuf out = Unpooled.buffer();
        byte[] target = new byte[8];

        name.writeTo(out);
        name.copyTo(target, 2);

        assertThat(out.toString(StandardCharsets.ISO_8859_1)).isEqualTo("\2Ab\1c\0");
        assertThat(target).containsExactly(0, 0, 2, 'A', 'b', 1, 'c', 0);
        assertThat(name.octet(1)).isEqualTo((byte) 'A');
        assertThat(name.lowerOctet(1)).isEqualTo((byte) 'a');
        assertThat(name.lowerLabelAt(0)).isEqualTo("ab");
        assertThat(DomainName.of("\\200").lowerLabelAt(0)).isEqualTo("È");
        assertThat(name.regionEquals(1, 2, new byte[] {'a', 'b'})).isTrue();
        assertThat(name.regionEquals(1, 2, new byte[] {'A', 'b'})).isFalse();
        assertThat(name.regionEquals(1, 2, new byte[] {'a'})).isFalse();
    }

    @Test
    void toOctets_result_isTheCallers() {
        DomainName name = DomainName.of("a.");

        name.toOctets()[1] = 'b';

        assertThat(name).hasToString("a.");
    }
}
