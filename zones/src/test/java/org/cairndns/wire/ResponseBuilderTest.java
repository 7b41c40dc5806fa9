package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

class ResponseBuilderTest {
    private static final Query QUERY = Queries.query("web.shop.svc.cluster.local.", RecordType.A);
    private static final Query OVER_TCP = QUERY.withListener(Queries.TCP);
    private static final DomainName QNAME = QUERY.qname();
    private static final org.cairndns.wire.Section ANSWER = org.cairndns.wire.Section.ANSWER;
    private static final org.cairndns.wire.Section AUTHORITY = org.cairndns.wire.Section.AUTHORITY;
    private static final org.cairndns.wire.Section ADDITIONAL = org.cairndns.wire.Section.ADDITIONAL;
    private static final Soa SOA = new Soa(
            DomainName.of("ns.dns.cluster.local."),
            DomainName.of("hostmaster.cluster.local."),
            4_000_000_000L,
            7200,
            1800,
            86400,
            5);

    @Test
    void build_everyKindOfRecord_readsBack() throws Exception {
        Response response = new ResponseBuilder(QNAME)
                .name(ANSWER, QNAME, RecordType.CNAME, 10, DomainName.of("other.example.com."))
                .address(ANSWER, DomainName.of("other.example.com."), 20, InetAddress.ofLiteral("192.0.2.1"))
                .address(ANSWER, DomainName.of("other.example.com."), 20, InetAddress.ofLiteral("2001:db8::1"))
                .srv(ANSWER, QNAME, 30, 50, 8080, DomainName.of("pod.shop.svc.cluster.local."))
                .txt(ANSWER, QNAME, 40, "1.1.0")
                .soa(AUTHORITY, DomainName.of("cluster.local."), 5, SOA)
                .octets(ADDITIONAL, QNAME, 65280, 50, new byte[] {1, 2, 3})
                .octets(ADDITIONAL, DomainName.of("version.bind."), RecordType.HINFO, DnsClass.CH, 0, new byte[2])
                .build();

        Message message = Queries.parse(QUERY, response);

        assertThat(Queries.lines(message, Section.ANSWER))
                .containsExactly(
                        "web.shop.svc.cluster.local. 10 IN CNAME other.example.com.",
                        "other.example.com. 20 IN A 192.0.2.1",
                        "other.example.com. 20 IN AAAA 2001:db8:0:0:0:0:0:1",
                        "web.shop.svc.cluster.local. 30 IN SRV 0 50 8080 pod.shop.svc.cluster.local.",
                        "web.shop.svc.cluster.local. 40 IN TXT 1.1.0");
        assertThat(Queries.lines(message, Section.AUTHORITY))
                .containsExactly("cluster.local. 5 IN SOA ns.dns.cluster.local. hostmaster.cluster.local."
                        + " 4000000000 7200 1800 86400 5");
        assertThat(Queries.lines(message, Section.ADDITIONAL))
                .containsExactly(
                        "web.shop.svc.cluster.local. 50 IN TYPE65280 \\# 3 010203",
                        "version.bind. 0 CH HINFO \"\" \"\"");
    }

    @Test
    void build_ownData_isAuthoritativeUnlessToldOtherwise() {
        assertThat(new ResponseBuilder(QNAME).build().authoritative()).isTrue();
        assertThat(new ResponseBuilder(QNAME).build().rcode()).isEqualTo(Rcode.NOERROR);

        Response refused = new ResponseBuilder(QNAME)
                .authoritative(false)
                .rcode(Rcode.REFUSED)
                .build();

        assertThat(refused.authoritative()).isFalse();
        assertThat(refused.rcode()).isEqualTo(Rcode.REFUSED);
        assertThat(refused.fromUpstream()).isFalse();
    }

    @Test
    void build_sections_areCountedApart() {
        ResponseBuilder builder = new ResponseBuilder(QNAME)
                .address(ANSWER, QNAME, 5, new byte[4])
                .address(ANSWER, QNAME, 5, new byte[4])
                .soa(AUTHORITY, QNAME, 5, SOA)
                .txt(ADDITIONAL, QNAME, 5, "");

        assertThat(builder.count(ANSWER)).isEqualTo(2);
        Response response = builder.build();
        assertThat(response.count(ANSWER)).isEqualTo(2);
        assertThat(response.count(AUTHORITY)).isEqualTo(1);
        assertThat(response.count(ADDITIONAL)).isEqualTo(1);
        assertThat(response.recordCount()).isEqualTo(4);
    }

    @Test
    void add_earlierSectionAfterLater_isRefused() {
        ResponseBuilder builder = new ResponseBuilder(QNAME).txt(AUTHORITY, QNAME, 5, "");

        assertThatThrownBy(() -> builder.txt(ANSWER, QNAME, 5, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("ANSWER record after one of AUTHORITY");
    }

    @Test
    void txt_textOver255_isRefused() {
        ResponseBuilder builder = new ResponseBuilder(QNAME).txt(ANSWER, QNAME, 5, "x".repeat(255));

        assertThatThrownBy(() -> builder.txt(ANSWER, QNAME, 5, "x".repeat(256)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Queries.parse(QUERY, builder.build()).getSection(Section.ANSWER))
                .hasSize(1);
    }

    @Test
    void name_ofTheQuestion_isOnePointerInAnyCase() {
        Response response = new ResponseBuilder(QNAME)
                .name(
                        ANSWER,
                        DomainName.of("WEB.shop.svc.cluster.local."),
                        RecordType.PTR,
                        5,
                        DomainName.of("shop.svc.cluster.local."))
                .build();

        assertThat(response.recordOctets()).isEqualTo(2 + 10 + 2);
        Query asked = Queries.query("web.SHOP.svc.cluster.local.", RecordType.PTR);
        assertThat(Queries.lines(Queries.parse(asked, response), Section.ANSWER))
                .containsExactly("web.SHOP.svc.cluster.local. 5 IN PTR SHOP.svc.cluster.local.");
    }

    @Test
    void name_inOtherCaseThanBefore_keepsItsCase() {
        Response response = new ResponseBuilder(QNAME)
                .name(ANSWER, QNAME, RecordType.CNAME, 5, DomainName.of("a.Example.com."))
                .name(ANSWER, DomainName.of("A.example.com."), RecordType.CNAME, 5, DomainName.of("b.Example.com."))
                .build();

        assertThat(Queries.lines(Queries.parse(QUERY, response), Section.ANSWER))
                .containsExactly(
                        "web.shop.svc.cluster.local. 5 IN CNAME a.Example.com.",
                        "A.example.com. 5 IN CNAME b.Example.com.");
    }

    @Test
    void name_root_isOneOctet() {
        Query query = Queries.query(".", RecordType.NS);
        Response response = new ResponseBuilder(query.qname())
                .name(ANSWER, DomainName.ROOT, RecordType.NS, 5, DomainName.of("a.root."))
                .name(ANSWER, DomainName.ROOT, RecordType.NS, 5, DomainName.ROOT)
                .build();

        assertThat(response.recordOctets()).isEqualTo(1 + 10 + 8 + 1 + 10 + 1);
        assertThat(Queries.lines(Queries.parse(query, response), Section.ANSWER))
                .containsExactly(". 5 IN NS a.root.", ". 5 IN NS .");
    }

    @Test
    void srv_target_isWrittenInFullAndPointedToLater() {
        DomainName target = DomainName.of("pod.example.com.");
        Response response = new ResponseBuilder(QNAME)
                .srv(ANSWER, QNAME, 5, 1, 2, target)
                .srv(ANSWER, QNAME, 5, 1, 3, target)
                .address(ADDITIONAL, target, 5, new byte[4])
                .address(ADDITIONAL, target, 5, new byte[16])
                .build();

        assertThat(response.recordOctets()).isEqualTo(2 * (2 + 10 + 6 + 17) + (2 + 10 + 4) + (2 + 10 + 16));
    }

    @Test
    void address_ownerInFull_isNoTargetForPointers() {
        DomainName owner = DomainName.of("host.example.com.");
        Response response = new ResponseBuilder(QNAME)
                .address(ANSWER, owner, 5, new byte[4])
                .txt(ANSWER, owner, 5, "")
                .txt(ANSWER, owner, 5, "")
                .build();

        assertThat(response.recordOctets()).isEqualTo(18 + 14 + 18 + 11 + 2 + 11);
    }

    @Test
    void name_behindFirst16Kib_isNotPointedTo() {
        ResponseBuilder builder = new ResponseBuilder(QNAME);
        byte[] filler = new byte[1000];
        DomainName late = DomainName.of("late.example.org.");
        while (builder.count(ANSWER) < 17) {
            builder.octets(ANSWER, QNAME, 10, 5, filler);
        }
        Response response = builder.name(ANSWER, QNAME, RecordType.NS, 5, late)
                .name(ANSWER, QNAME, RecordType.NS, 5, late)
                .build();

        assertThat(response.recordOctets()).isEqualTo(17 * 1012 + 2 * (12 + late.length()));
        assertThat(Queries.lines(Queries.parse(OVER_TCP, response), Section.ANSWER))
                .endsWith("web.shop.svc.cluster.local. 5 IN NS late.example.org.");
    }

    @Test
    void build_moreThanAMessageHolds_keepsWhatFitsAndMarksIt() {
        ResponseBuilder builder = new ResponseBuilder(QNAME);
        for (int i = 0; i < 70_000; i++) {
            builder.address(ANSWER, QNAME, 5, new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i});
        }
        Response response = builder.soa(AUTHORITY, QNAME, 5, SOA).build();

        assertThat(response.truncated()).isTrue();
        assertThat(response.count(ANSWER)).isEqualTo((65_535 - 12 - QNAME.length() - 4) / 16);
        assertThat(response.count(AUTHORITY)).isZero();
        assertThat(Queries.write(OVER_TCP, response, 0xffff)).hasSizeLessThanOrEqualTo(65_535);
        assertThat(Queries.parse(OVER_TCP, response).getSection(Section.ANSWER)).hasSize(response.count(ANSWER));
    }

    @Test
    void add_recordOver64Kib_leavesItAndTheFollowingOut() {
        DomainName other = DomainName.of("other.example.com.");
        byte[] pointers = new byte[66_000];
        Arrays.fill(pointers, (byte) 0xc0);
        Response response = new ResponseBuilder(QNAME)
                .txt(ANSWER, QNAME, 5, "kept")
                .octets(ANSWER, other, 10, 5, pointers)
                .name(ANSWER, other, RecordType.NS, 5, other)
                .srv(ANSWER, other, 5, 1, 1, other)
                .soa(ANSWER, other, 5, SOA)
                .txt(ANSWER, other, 5, "left out")
                .build();

        assertThat(response.truncated()).isTrue();
        assertThat(Queries.lines(Queries.parse(QUERY, response), Section.ANSWER))
                .containsExactly("web.shop.svc.cluster.local. 5 IN TXT kept");
    }

    @Test
    void copy_eachRecordOfAnotherResponse_givesTheSameRecords() {
        Response from = new ResponseBuilder(QNAME)
                .name(ANSWER, QNAME, RecordType.CNAME, 10, DomainName.of("other.example.com."))
                .srv(AUTHORITY, QNAME, 30, 50, 8080, DomainName.of("pod.shop.svc.cluster.local."))
                .octets(ADDITIONAL, QNAME, RecordType.PTR, DnsClass.CH, 7, new byte[] {1, 'x', 0})
                .build();
        DomainName otherQname = DomainName.of("x.");
        ResponseBuilder builder = new ResponseBuilder(otherQname);
        RecordCursor cursor = new RecordCursor(QNAME, from);
        while (cursor.next()) {
            builder.copy(cursor.section(), cursor);
        }
        Query other = Queries.query("x.", RecordType.A);

        Message expected = Queries.parse(QUERY, from);
        Message actual = Queries.parse(other, builder.build());

        for (int section = Section.ANSWER; section <= Section.ADDITIONAL; section++) {
            assertThat(Queries.lines(actual, section)).isEqualTo(Queries.lines(expected, section));
        }
    }
}
