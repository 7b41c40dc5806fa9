package org.cairndns.zone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DNAME (RFC 6672). */
class Rfc6672Test {
    private static final String HEAD = "$TTL 3600\n@ SOA ns hostmaster 1 2 3 4 600\n@ NS ns.example.\n";

    /** The rows of table 1; "no match" is an answer without DNAME. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            QNAME,               ZONE,         OWNER,          TARGET,         RESULT
            com.,                com.,         example.com.,   example.net.,   no match
            example.com.,        com.,         example.com.,   example.net.,   no match
            a.example.com.,      com.,         example.com.,   example.net.,   a.example.net.
            a.b.example.com.,    com.,         example.com.,   example.net.,   a.b.example.net.
            ab.example.com.,     com.,         b.example.com., example.net.,   no match
            foo.example.com.,    com.,         example.com.,   example.net.,   foo.example.net.
            a.x.example.com.,    com.,         x.example.com., example.net.,   a.example.net.
            a.example.com.,      com.,         example.com.,   y.example.net., a.y.example.net.
            cyc.example.com.,    com.,         example.com.,   c.example.com., cyc.c.example.com.
            shortloop.x.x.,      x.,           x.,             .,              shortloop.x.
            shortloop.x.,        x.,           x.,             .,              shortloop.
            """)
    void lookup_namesOfTable1_substituted(String qname, String zone, String owner, String target, String result) {
        Zone data = TestZones.of(zone, HEAD + owner + " DNAME " + target + "\n");
        List<String> lines = TestZones.ask(data, qname, "CNAME", false);
        if (result.equals("no match")) {
            assertThat(lines).noneMatch(line -> line.contains(" DNAME "));
        } else {
            assertThat(lines).contains("NOERROR aa", qname + " 3600 CNAME " + result, owner + " 3600 DNAME " + target);
        }
    }

    /** Table 1, cyc.example.com: as in CoreDNS a name that becomes itself is a failure. */
    @Test
    void lookup_substitutionThatChangesNothing_servfail() {
        Zone zone = TestZones.of("com.", HEAD + "example.com. DNAME example.com.\n");
        assertThat(TestZones.ask(zone, "cyc.example.com.", "A", false)).containsExactly("SERVFAIL");
    }

    @Test
    void lookup_targetInTheZone_followed() {
        Zone zone = TestZones.of("example.", HEAD + "old DNAME new\nw.new 60 A 192.0.2.1\nx.new CNAME w.new\n");
        assertThat(TestZones.ask(zone, "x.old.example.", "A", false))
                .containsExactly(
                        "NOERROR aa",
                        "old.example. 3600 DNAME new.example.",
                        "w.new.example. 60 A 192.0.2.1",
                        "x.new.example. 3600 CNAME w.new.example.",
                        "x.old.example. 3600 CNAME x.new.example.",
                        "- example. 3600 NS ns.example.");
        assertThat(TestZones.ask(zone, "none.old.example.", "A", false))
                .containsExactly(
                        "NXDOMAIN aa",
                        "none.old.example. 3600 CNAME none.new.example.",
                        "old.example. 3600 DNAME new.example.",
                        "- example. 600 SOA ns.example. hostmaster.example. 1 2 3 4 600");
    }

    /** 2.3: the owner itself is not redirected, and has other records. */
    @Test
    void lookup_ownerOfDname_itsOwnRecords() {
        Zone zone = TestZones.of("example.", HEAD + "old DNAME new\nold TXT here\n");
        assertThat(TestZones.ask(zone, "old.example.", "TXT", false)).contains("old.example. 3600 TXT here");
        assertThat(TestZones.ask(zone, "old.example.", "DNAME", false))
                .contains("old.example. 3600 DNAME new.example.");
        assertThat(TestZones.ask(zone, "old.example.", "A", false))
                .startsWith("NOERROR aa", "- example. 600 SOA " + "ns.example. hostmaster.example. 1 2 3 4 600");
    }

    /** 2.4: names below the owner are hidden. */
    @Test
    void lookup_recordsBelowDname_hidden() {
        Zone zone = TestZones.of("example.", HEAD + "old DNAME new.test.\nw.old A 192.0.2.1\n");
        assertThat(TestZones.ask(zone, "w.old.example.", "A", false))
                .containsExactly(
                        "NOERROR aa",
                        "old.example. 3600 DNAME new.test.",
                        "w.old.example. 3600 CNAME w.new.test.",
                        "- example. 3600 NS ns.example.");
    }

    /** 2.2: 255 octets are a name, one more is none. */
    @Test
    void lookup_substitutionTooLong_yxdomain() {
        String label = "a".repeat(63);
        Zone zone = TestZones.of("example.", HEAD + "s DNAME " + label + "." + label + "." + label + ".\n");
        String fits = "b".repeat(61);
        assertThat(TestZones.ask(zone, fits + ".s.example.", "A", false).getFirst())
                .isEqualTo("NOERROR aa");
        assertThat(TestZones.ask(zone, fits + "b.s.example.", "A", false))
                .containsExactly("YXDOMAIN aa", "s.example. 3600 DNAME " + label + "." + label + "." + label + ".");
    }

    /** 3.1: a DNAME at the apex redirects everything but the apex. */
    @Test
    void lookup_dnameAtTheApex_redirectsAllBelow() {
        Zone zone = TestZones.of("example.", HEAD + "@ DNAME other.test.\n");
        assertThat(TestZones.ask(zone, "a.b.example.", "A", false))
                .contains("a.b.example. 3600 CNAME a.b.other.test.", "example. 3600 DNAME other.test.");
        assertThat(TestZones.ask(zone, "example.", "SOA", false).getFirst()).isEqualTo("NOERROR aa");
    }
}
