package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

class ResponseWriterTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo UDP = new ListenerInfo(Transport.UDP, "dns://:53", CLIENT);

    @Test
    void write_addressAnswer_readsBackWithQuestionsCase() throws Exception {
        Query query = query("WeB.Shop.svc.cluster.local.", Type.A, 0);
        Response response = new ResponseBuilder(DomainName.of("web.shop.svc.cluster.local"))
                .address(Section.ANSWER, query.qname(), 30, InetAddress.ofLiteral("10.96.1.10"))
                .build();

        Message message = write(query, response, 512);

        assertThat(message.getSection(org.xbill.DNS.Section.ANSWER))
                .extracting(Record::toString)
                .containsExactly("WeB.Shop.svc.cluster.local.\t30\tIN\tA\t10.96.1.10");
        assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(message.getHeader().getFlag(Flags.RA)).isFalse();
    }

    @Test
    void write_moreThanFits_keepsWholeRecordsAndOptAndSetsTc() throws Exception {
        Query query = query("headless.shop.svc.cluster.local.", Type.A, 600);
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (int i = 0; i < 100; i++) {
            builder.address(Section.ANSWER, query.qname(), 5, new byte[] {10, 0, 0, (byte) i});
        }

        ByteBuf out = Unpooled.buffer();
        int octets = ResponseWriter.write(query, builder.build(), 600, out);
        Message message = new Message(out.nioBuffer());

        assertThat(octets).isLessThanOrEqualTo(600).isGreaterThan(600 - 16);
        assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(message.getSection(org.xbill.DNS.Section.ANSWER)).hasSize((600 - 11 - 12 - 37) / 16);
        assertThat(message.getOPT().getPayloadSize()).isEqualTo(600);
    }

    @Test
    void write_srvWithAdditional_targetIsNotCompressedAndOwnersAre() throws Exception {
        Query query = query("_http._tcp.web.shop.svc.cluster.local.", Type.SRV, 0);
        DomainName target = DomainName.of("web.shop.svc.cluster.local");
        Response response = new ResponseBuilder(query.qname())
                .srv(Section.ANSWER, query.qname(), 30, 100, 80, target)
                .address(Section.ADDITIONAL, target, 30, InetAddress.ofLiteral("10.96.1.10"))
                .build();

        Message message = write(query, response, 512);

        assertThat(message.getSection(org.xbill.DNS.Section.ANSWER).getFirst().rdataToString())
                .isEqualTo("0 100 80 web.shop.svc.cluster.local.");
        assertThat(message.getSection(org.xbill.DNS.Section.ADDITIONAL)
                        .getFirst()
                        .getName())
                .hasToString("web.shop.svc.cluster.local.");
        assertThat(response.recordOctets()).isEqualTo(2 + 10 + 6 + target.length() + 2 + 10 + 4);
    }

    private static Query query(String qname, int qtype, int payload) throws Exception {
        Message message = Message.newQuery(Record.newRecord(Name.fromString(qname), qtype, 1));
        if (payload > 0) {
            message.addRecord(new OPTRecord(payload, 0, 0), org.xbill.DNS.Section.ADDITIONAL);
        }
        return (Query) QueryReader.read(Unpooled.wrappedBuffer(message.toWire()), CLIENT, UDP);
    }

    private static Message write(Query query, Response response, int limit) throws Exception {
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, response, limit, out);
        return new Message(out.nioBuffer());
    }
}
