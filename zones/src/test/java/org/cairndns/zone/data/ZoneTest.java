package org.cairndns.zone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;

class ZoneTest {
    private static final DomainName APEX = DomainName.of("example.org.");
    private static final ResourceRecord SOA =
            record("example.org. 3600 SOA ns1.example.org. hostmaster.example.org. 4294967295 2 3 4 5");

    @Test
    void forEachRecord_recordsInAnyOrder_soaThenCanonicalOrder() throws ZoneException {
        Zone zone = Zone.of(
                APEX,
                List.of(
                        record("z.example.org. 60 A 192.0.2.3"),
                        record("\\001.z.example.org. 60 A 192.0.2.5"),
                        record("yljkjljk.a.example.org. 60 A 192.0.2.4"),
                        record("*.z.example.org. 60 A 192.0.2.6"),
                        record("a.example.org. 60 MX 10 Mail.example.org."),
                        record("zABC.a.EXAMPLE.org. 60 A 192.0.2.7"),
                        SOA,
                        record("a.example.org. 60 A 192.0.2.2"),
                        record("example.org. 3600 NS ns1.example.org."),
                        SOA));
        assertThat(lines(zone))
                .containsExactly(
                        "example.org. 3600 SOA ns1.example.org. hostmaster.example.org. 4294967295 2 3 4 5",
                        "example.org. 3600 NS ns1.example.org.",
                        "a.example.org. 60 A 192.0.2.2",
                        "a.example.org. 60 MX 10 Mail.example.org.",
                        "yljkjljk.a.example.org. 60 A 192.0.2.4",
                        "zabc.a.example.org. 60 A 192.0.2.7",
                        "z.example.org. 60 A 192.0.2.3",
                        "\\001.z.example.org. 60 A 192.0.2.5",
                        "*.z.example.org. 60 A 192.0.2.6");
        assertThat(zone.serial()).isEqualTo(4_294_967_295L);
        assertThat(lines(Zone.of(APEX, records(zone)))).isEqualTo(lines(zone));
    }

    @Test
    void lookup_dnssecTypesAtAnAliasOfAnUnsignedZone_theAlias() throws ZoneException {
        Zone zone = Zone.of(
                APEX,
                List.of(
                        SOA,
                        record("w.example.org. 60 A 192.0.2.1"),
                        record("x.example.org. 60 CNAME w.example.org.")));
        for (String type : List.of("NSEC", "RRSIG", "TXT")) {
            assertThat(TestZones.ask(zone, "x.example.org.", type, false))
                    .contains("x.example.org. 60 CNAME w.example.org.");
        }
    }

    @Test
    void of_sameRecordTwice_keptOnceInTheOrderGiven() throws ZoneException {
        ResourceRecord record = record("a.example.org. 60 A 192.0.2.2");
        Zone zone = Zone.of(
                APEX, List.of(record, SOA, record, record.withTtl(30), record("a.example.org. 60 A 192.0.2.1")));
        assertThat(lines(zone).subList(1, 3))
                .containsExactly("a.example.org. 30 A 192.0.2.2", "a.example.org. 30 A 192.0.2.1");
        assertThat(lines(zone)).hasSize(3);
    }

    @Test
    void of_signatures_standBehindWhatTheyCover() throws ZoneException {
        String signature = " 8 2 3600 20300101000000 20200101000000 1 example.org. AAAA";
        Zone zone = Zone.of(
                APEX,
                List.of(
                        record("example.org. 60 RRSIG TXT" + signature),
                        record("example.org. 3600 RRSIG SOA" + signature),
                        record("example.org. 60 TXT text"),
                        SOA));
        assertThat(records(zone))
                .extracting(ResourceRecord::type)
                .containsExactly(RecordType.SOA, RecordType.RRSIG, RecordType.TXT, RecordType.RRSIG);
        assertThat(records(zone)).extracting(ResourceRecord::ttlSeconds).containsExactly(3600, 3600, 60, 60);
    }

    @Test
    void of_withoutSoa_refused() {
        assertThatThrownBy(() -> Zone.of(APEX, List.of(record("a.example.org. 60 A 192.0.2.2"))))
                .isInstanceOf(ZoneException.class)
                .hasMessage("no SOA record at example.org.");
    }

    @Test
    void of_recordsThatNoZoneHas_refused() {
        assertRefused("a.example.com. 60 A 192.0.2.2", "a.example.com. A: not in zone example.org.");
        assertRefused("a.example.org. 60 SOA a. b. 1 2 3 4 5", "a.example.org. SOA: SOA below the apex example.org.");
        assertRefused(
                "example.org. 60 NSEC3PARAM 1 0 0 -",
                "example.org. NSEC3PARAM: zones with NSEC3 are not served, sign with NSEC");
        ResourceRecord chaos = new ResourceRecord(Section.ANSWER, APEX, RecordType.TXT, DnsClass.CH, 0, new byte[1]);
        assertThatThrownBy(() -> Zone.of(APEX, List.of(SOA, chaos)))
                .hasMessage("example.org. TXT: class CH, expected IN");
        ResourceRecord any = new ResourceRecord(Section.ANSWER, APEX, RecordType.ANY, DnsClass.IN, 0, new byte[0]);
        assertThatThrownBy(() -> Zone.of(APEX, List.of(SOA, any)))
                .hasMessage("example.org. ANY: not a type of zone data");
    }

    @Test
    void lookup_sameQuestionAgain_sameAnswerInTheCaseAsked() {
        Zone zone = TestZones.of("example.org.", "$TTL 60\n@ SOA ns hm 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n");
        List<String> first = TestZones.ask(zone, "ns.example.org.", "A", false);
        assertThat(TestZones.ask(zone, "ns.example.org.", "A", false)).isEqualTo(first);
        assertThat(TestZones.ask(zone, "NS.example.org.", "A", false))
                .containsExactly(
                        "NOERROR aa", "NS.example.org. 60 A 192.0.2.1", "- example.org. 60 NS NS.example.org.");
        assertThat(TestZones.ask(zone, "ns.example.org.", "AAAA", false))
                .containsExactly("NOERROR aa", "- example.org. 5 SOA ns.example.org. hm.example.org. 1 2 3 4 5");
    }

    @Test
    void lookup_sameQuestionAgain_allocatesNothing() {
        Zone zone = TestZones.of("example.org.", "$TTL 60\n@ SOA ns hm 1 2 3 4 5\n@ NS ns\nns A 192.0.2.1\n");
        Query query = TestZones.query("ns.example.org.", "A", false);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().threadId();
        long octets = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 1_000; i++) {
                zone.lookup(query);
            }
            octets = Math.min(octets, threads.getThreadAllocatedBytes(thread) - before);
        }
        assertThat(octets).isLessThan(1_000);
    }

    private static void assertRefused(String record, String message) {
        assertThatThrownBy(() -> Zone.of(APEX, List.of(SOA, record(record))))
                .isInstanceOf(ZoneException.class)
                .hasMessage(message);
    }

    private static List<ResourceRecord> records(Zone zone) {
        List<ResourceRecord> records = new ArrayList<>();
        zone.forEachRecord(records::add);
        return records;
    }

    private static List<String> lines(Zone zone) {
        return records(zone).stream()
                .map(record -> record.owner() + " " + record.ttlSeconds() + " " + RecordType.text(record.type()) + " "
                        + Rdata.toText(record.type(), record.rdata()))
                .toList();
    }

    private static ResourceRecord record(String line) {
        String[] words = line.split(" ", 4);
        int type = RecordType.parse(words[2]).orElseThrow();
        return new ResourceRecord(
                Section.ANSWER,
                DomainName.of(words[0]),
                type,
                DnsClass.IN,
                Integer.parseInt(words[1]),
                Rdata.fromText(type, words[3]));
    }
}
