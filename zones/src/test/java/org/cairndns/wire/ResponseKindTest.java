package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Type;

class ResponseKindTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo UDP = new ListenerInfo(Transport.UDP, "dns://:53", CLIENT);
    private static final long DAY = 1_767_225_600; // 2026-01-01
    private static final String SOA = "example.org. 60 IN SOA ns. host. 1 2 3 4 5";
    private static final String NS = "example.org. 60 IN NS ns.";
    private static final String A = "a.example.org. 60 IN A 10.0.0.1";
    private static final String SIGNED = "a.example.org. 60 IN RRSIG A 13 3 60 %s %s 1 example.org. AAAA";

    @ParameterizedTest(name = "{0} answer={1} authority={2}: {3}")
    @CsvSource({
        "0, A,    ,    NO_ERROR",
        "0, A,    SOA, NO_ERROR",
        "3, A,    SOA, OTHER_ERROR",
        "0,  ,    SOA, NO_DATA",
        "3,  ,    SOA, NAME_ERROR",
        "3,  ,    ,    NAME_ERROR",
        "2,  ,    ,    SERVER_ERROR",
        "4,  ,    ,    SERVER_ERROR",
        "2, A,    ,    SERVER_ERROR",
        "0,  ,    NS,  DELEGATION",
        "0,  ,    ,    NO_ERROR",
        "5,  ,    ,    OTHER_ERROR",
        "1,  ,    ,    OTHER_ERROR",
    })
    void of_rcodeAndSections_firstFittingRule(int rcode, String answer, String authority, ResponseKind kind)
            throws Exception {
        Query query = Query.of(DomainName.of("a.example.org"), RecordType.A, CLIENT, UDP);
        Message message = response(query, rcode);
        if (answer != null) {
            message.addRecord(record(A), org.xbill.DNS.Section.ANSWER);
        }
        if (authority != null) {
            message.addRecord(record(authority.equals("NS") ? NS : SOA), org.xbill.DNS.Section.AUTHORITY);
        }

        assertThat(ResponseKind.of(query, read(query, message), DAY)).isEqualTo(kind);
    }

    @ParameterizedTest(name = "{0} to {1}, DO {2}: {3}")
    @CsvSource({
        "20251231000000, 20260102000000, true,  NO_ERROR",
        "20251230000000, 20251231000000, true,  OTHER_ERROR",
        "20260102000000, 20260103000000, true,  OTHER_ERROR",
        "20251230000000, 20251231000000, false, NO_ERROR",
    })
    void of_signatureValidity_onlyWithDo(String inception, String expiration, boolean dnssecOk, ResponseKind kind)
            throws Exception {
        Query query = Query.of(DomainName.of("a.example.org"), RecordType.A, CLIENT, UDP)
                .withEdns(new Edns(true, 1232, 0, dnssecOk ? Edns.DNSSEC_OK : 0, Edns.NO_OPTIONS));
        Message message = response(query, 0);
        message.addRecord(record(A), org.xbill.DNS.Section.ANSWER);
        message.addRecord(record(SIGNED.formatted(expiration, inception)), org.xbill.DNS.Section.ANSWER);
        message.addRecord(new OPTRecord(1232, 0, 0), org.xbill.DNS.Section.ADDITIONAL);

        assertThat(ResponseKind.of(query, read(query, message), DAY)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"251", "252"})
    void of_zoneTransfer_meta(int qtype) {
        Query query = Query.of(DomainName.of("example.org"), qtype, CLIENT, UDP);

        assertThat(ResponseKind.of(query, Response.bare(0), DAY)).isEqualTo(ResponseKind.META);
    }

    private static Record record(String line) throws Exception {
        String[] words = line.split(" ", 5);
        return Record.fromString(
                Name.fromString(words[0]), Type.value(words[3]), 1, TTL.parse(words[1], true), words[4], Name.root);
    }

    private static Message response(Query query, int rcode) throws Exception {
        Message message = new Message(9);
        message.getHeader().setFlag(Flags.QR);
        message.getHeader().setRcode(rcode);
        message.addRecord(
                Record.newRecord(Name.fromString(query.qname().toString()), query.qtype(), 1),
                org.xbill.DNS.Section.QUESTION);
        return message;
    }

    private static Response read(Query query, Message message) throws Exception {
        return ResponseReader.read(Unpooled.wrappedBuffer(message.toWire()), 9, query);
    }
}
