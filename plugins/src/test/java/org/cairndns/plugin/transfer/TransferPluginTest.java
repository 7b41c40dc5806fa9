package org.cairndns.plugin.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

class TransferPluginTest {
    private static final Reply NEXT = new Reply.Failed(Rcode.SERVFAIL, "next");
    private static final DomainName ZONE = DomainName.of("example.org.");
    private static final long SERIAL = 100;

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void closeLog() {
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        other type goes on                      | A    | tcp | example.org. | 192.0.2.1 | next
        over UDP                                | AXFR | udp | example.org. | 192.0.2.1 | REFUSED
        IXFR over UDP                           | IXFR | udp | example.org. | 192.0.2.1 | REFUSED
        zone of no rule goes on                 | AXFR | tcp | example.net. | 192.0.2.1 | next
        client that is not named                | AXFR | tcp | example.org. | 192.0.2.9 | REFUSED
        client that is named                    | AXFR | tcp | example.org. | 192.0.2.1 | 4
        its port does not matter                | AXFR | tcp | example.org. | 2001:db8::1 | 4
        letter case does not matter             | AXFR | tcp | eXample.ORG. | 192.0.2.1 | 4
        name below the zone is nobody's apex    | AXFR | tcp | a.example.org. | 192.0.2.1 | next
        longer zone's rule decides              | AXFR | tcp | sub.example.org. | 192.0.2.1 | REFUSED
        IXFR without a serial                   | IXFR | tcp | example.org. | 192.0.2.1 | FORMERR
        """)
    void query_byTypeTransportZoneAndClient(
            String what, String type, String transport, String zone, String client, String expected) {
        FakeBlock block = block("""
            transfer {
                to 192.0.2.1 [2001:db8::1]:5300
            }
            transfer sub.example.org {
                to 192.0.2.2
            }
            """);
        ListenerInfo listener = transport.equals("tcp") ? Queries.TCP : Queries.UDP;
        InetSocketAddress from = new InetSocketAddress(InetAddress.ofLiteral(client), 4000);

        Reply reply = chain(block, zone(2)).handle(Queries.of(zone, type, from, listener));

        String outcome = reply == NEXT
                ? "next"
                : switch (reply) {
                    case Reply.Messages messages ->
                        String.valueOf(records(messages).size());
                    case Reply.Failed failed -> Rcode.text(failed.rcode());
                    case Reply.Answered answered ->
                        Rcode.text(answered.response().rcode());
                    case Reply.Pending pending -> "pending";
                    case Reply.Dropped dropped -> "dropped";
                };
        assertThat(outcome).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"99, 4", "100, 1", "101, 1", "4294967295, 4", "2147483747, 1"})
    void ixfr_bySerial_soaAloneUnlessTheClientsIsOlder(long serial, int records) throws Exception {
        Handler handler = chain(block("transfer {\n to *\n}"), zone(2));

        Reply reply = handler.handle(ixfr(serial));

        int found = reply instanceof Reply.Messages messages
                ? records(messages).size()
                : ((Reply.Answered) reply).response().count(Section.ANSWER);
        assertThat(found).isEqualTo(records);
    }

    @Test
    void axfr_whole_hasTheSoaAtBothEndsAndIsAuthoritative() {
        Handler handler = chain(block("transfer {\n to *\n}"), zone(2));
        Query query = Queries.of("Example.ORG.", "AXFR", client(), Queries.TCP);
        Reply.Messages reply = (Reply.Messages) handler.handle(query);

        Response response = reply.stream().next().orElseThrow();
        Message message = Queries.render(query, new Reply.Answered(response));
        assertThat(Queries.records(message, org.xbill.DNS.Section.ANSWER))
                .containsExactly(
                        "Example.ORG. 30 IN SOA ns.example.org. root.example.org. 100 7200 1800 86400 5",
                        "host-0.example.org. 30 IN A 10.0.0.0",
                        "host-1.example.org. 30 IN A 10.0.0.1",
                        "Example.ORG. 30 IN SOA ns.example.org. root.example.org. 100 7200 1800 86400 5");
        assertThat(response.authoritative()).isTrue();
        assertThat(reply.stream().next()).isEmpty();
        reply.stream().close();
        assertThat(log.lines())
                .containsExactly("INFO plugin/transfer: Outgoing transfer of 4 records of zone \"Example.ORG.\" to"
                        + " 192.0.2.1 for 100 SOA serial");
    }

    @Test
    void axfr_large_isCutIntoMessagesThatCompress() {
        Handler handler = chain(block("transfer {\n to *\n}"), zone(5000));
        Query query = Queries.of("example.org.", "AXFR", client(), Queries.TCP);
        Reply.Messages reply = (Reply.Messages) handler.handle(query);

        int records = 0;
        int messages = 0;
        ResponseStream stream = reply.stream();
        for (Optional<Response> next = stream.next(); next.isPresent(); next = stream.next()) {
            assertThat(next.get().truncated()).isFalse();
            assertThat(ResponseWriter.octets(query, next.get(), 0xffff)).isLessThanOrEqualTo(TransferStream.MAX_OCTETS);
            records += next.get().count(Section.ANSWER);
            messages++;
        }
        assertThat(records).isEqualTo(5002);
        // 10 octets of the new label at most, 2 of the pointer, 14 of the rest
        assertThat(messages)
                .isBetween(5000 * 24 / TransferStream.MAX_OCTETS, 5000 * 26 / TransferStream.MAX_OCTETS + 2);
    }

    @Test
    void axfr_recordsOfEverySize_fitOrEndTheTransfer() {
        List<ResourceRecord> records = new ArrayList<>();
        for (int octets : new int[] {1, 16_000, 16_383, 40_000, 65_000, 3}) {
            records.add(record("x.example.org.", 65_280, new byte[octets]));
        }
        Query query = Queries.of("example.org.", "AXFR", client(), Queries.TCP);
        TransferStream stream = new TransferStream(query, new TransferableZone.Ready(soa(), records), () -> {});
        int count = 0;
        for (Optional<Response> next = stream.next(); next.isPresent(); next = stream.next()) {
            assertThat(ResponseWriter.octets(query, next.get(), 0xffff)).isLessThanOrEqualTo(0xffff);
            count += next.get().count(Section.ANSWER);
        }
        assertThat(count).isEqualTo(records.size() + 2);

        List<ResourceRecord> tooLarge = List.of(record("x.example.org.", 65_280, new byte[65_530]));
        TransferStream broken = new TransferStream(query, new TransferableZone.Ready(soa(), tooLarge), () -> {});
        broken.next();
        assertThatThrownBy(broken::next).hasMessageContaining("does not fit");
    }

    @Test
    void axfr_zoneThatIsNotReady_fails() {
        Handler handler = chain(block("transfer {\n to *\n}"), new TransferableZone.Unready("zone expired"));

        assertThat(handler.handle(Queries.of("example.org.", "AXFR", client(), Queries.TCP)))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "zone expired"));
    }

    @Test
    void axfr_overTheNumberAtATime_fails() {
        Handler handler = chain(block("transfer {\n to *\n}"), zone(1));
        Query query = Queries.of("example.org.", "AXFR", client(), Queries.TCP);
        List<Reply> running = IntStream.range(0, TransferHandler.MAX_CONCURRENT)
                .mapToObj(i -> handler.handle(query))
                .toList();

        assertThat(running).allMatch(Reply.Messages.class::isInstance);
        assertThat(handler.handle(query)).isInstanceOf(Reply.Failed.class);
        ((Reply.Messages) running.getFirst()).stream().close();
        assertThat(log.lines()).singleElement().asString().contains("broke off after 0 records");
        assertThat(handler.handle(query)).isInstanceOf(Reply.Messages.class);
    }

    @Test
    void sources_several_firstThatHasTheZoneGivesIt() {
        FakeBlock block = block("transfer {\n to *\n}");
        block.settings().transferSources().add(apex -> Optional.empty());
        block.settings().transferSources().add(apex -> Optional.of(zone(1)));
        block.settings().transferSources().add(apex -> Optional.of(zone(9)));

        Reply reply = block.chain(query -> NEXT).handle(Queries.of("example.org.", "AXFR", client(), Queries.TCP));

        assertThat(records((Reply.Messages) reply)).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        transfer                              | 2:1  | needs a line 'to'
        transfer {;to;}                       | 3:1  | wrong number of arguments for 'to', expected at least 1
        transfer {;to secondary.example;}     | 3:4  | bad value for 'to', expected IP addresses with an optional port, or '*', got 'secondary.example'
        transfer {;to 192.0.2.1:x;}           | 3:4  | bad value for 'to'
        transfer {;to 192.0.2.0/24;}          | 3:4  | bad value for 'to'
        transfer {;to *;source;}              | 4:1  | wrong number of arguments for 'source', expected 1
        transfer {;to *;source eth0;}         | 4:8  | bad value for 'source', expected an IP address, got 'eth0'
        transfer {;to *;source ::1;source ::2;} | 5:1 | 'source' given twice
        transfer {;to *;from 192.0.2.1;}      | 4:1  | unknown property 'from' of 'transfer'
        """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive.replace(';', '\n')).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    @Test
    void setup_everyOption_isTaken() {
        FakeBlock block = block(
                "transfer example.org 10.0.0.0/8 {\n to 192.0.2.1 2001:db8::1\n to * [::1]:54\n source 192.0.2.7\n}");

        assertThat(block.problems()).isEmpty();
        assertThat(block.hasHandler()).isTrue();
    }

    private FakeBlock block(String directives) {
        return new FakeBlock(server, "example.org {\n" + directives + "\n}\n", new TransferPlugin());
    }

    private static Handler chain(FakeBlock block, TransferableZone zone) {
        block.settings().transferSources().add(apex -> apex.equals(ZONE) ? Optional.of(zone) : Optional.empty());
        return block.chain(query -> NEXT);
    }

    private static List<ResourceRecord> records(Reply.Messages messages) {
        List<ResourceRecord> records = new ArrayList<>();
        for (var next = messages.stream().next();
                next.isPresent();
                next = messages.stream().next()) {
            var cursor = new org.cairndns.wire.RecordCursor(messages.qname(), next.get());
            while (cursor.next()) {
                records.add(cursor.record());
            }
        }
        messages.stream().close();
        return records;
    }

    private static TransferableZone zone(int hosts) {
        return new TransferableZone.Ready(
                soa(),
                IntStream.range(0, hosts)
                        .mapToObj(i -> record("host-" + i + ".example.org.", RecordType.A, new byte[] {
                            10, 0, (byte) (i >> 8), (byte) i
                        }))
                        .toList());
    }

    private static ResourceRecord soa() {
        byte[] rdata = new byte[] {
            2,
            'n',
            's',
            7,
            'e',
            'x',
            'a',
            'm',
            'p',
            'l',
            'e',
            3,
            'o',
            'r',
            'g',
            0,
            4,
            'r',
            'o',
            'o',
            't',
            7,
            'e',
            'x',
            'a',
            'm',
            'p',
            'l',
            'e',
            3,
            'o',
            'r',
            'g',
            0,
            0,
            0,
            0,
            (byte) SERIAL,
            0,
            0,
            0x1c,
            0x20,
            0,
            0,
            7,
            8,
            0,
            1,
            0x51,
            (byte) 0x80,
            0,
            0,
            0,
            5
        };
        return record("example.org.", RecordType.SOA, rdata);
    }

    private static ResourceRecord record(String owner, int type, byte[] rdata) {
        return new ResourceRecord(Section.ANSWER, DomainName.of(owner), type, DnsClass.IN, 30, rdata);
    }

    private static InetSocketAddress client() {
        return new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 4000);
    }

    private static Query ixfr(long serial) throws Exception {
        Name name = Name.fromString("example.org.");
        Message message = Message.newQuery(Record.newRecord(name, Type.IXFR, DnsClass.IN));
        message.addRecord(
                new SOARecord(name, DnsClass.IN, 0, name, name, serial, 0, 0, 0, 0), org.xbill.DNS.Section.AUTHORITY);
        return Queries.read(message, client(), Queries.TCP);
    }
}
