package org.cairndns.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

class QueryWriterTest {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo UDP = new ListenerInfo(Transport.UDP, "dns://:53", CLIENT);

    @Test
    void write_queryWithoutEdns_sendsQuestionAndFlagsOnly() throws Exception {
        Query query = Query.of(DomainName.of("WwW.Example.org"), RecordType.AAAA, CLIENT, UDP);

        ByteBuf out = Unpooled.buffer();
        QueryWriter.write(query, 0xbeef, out);
        Message message = new Message(out.nioBuffer());

        assertThat(out.readableBytes()).isEqualTo(QueryWriter.octets(query));
        assertThat(message.getHeader().getID()).isEqualTo(0xbeef);
        assertThat(message.getQuestion()).hasToString("WwW.Example.org.\t0\tIN\tAAAA");
        assertThat(message.getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(message.getHeader().getFlag(Flags.AD)).isFalse();
        assertThat(message.getOPT()).isNull();
    }

    @Test
    void write_clientWithEdns_passesSizeFlagsAndOptionsOn() throws Exception {
        byte[] cookie = HexFormat.of().parseHex("000a00080102030405060708");
        Query query = Query.of(DomainName.of("example.org"), RecordType.A, CLIENT, UDP)
                .withEdns(new Edns(true, 1400, 0, Edns.DNSSEC_OK, cookie))
                .withAuthenticData();

        ByteBuf out = Unpooled.buffer();
        QueryWriter.write(query, 7, out);
        Message message = new Message(out.nioBuffer());

        assertThat(out.readableBytes()).isEqualTo(QueryWriter.octets(query));
        assertThat(message.getHeader().getFlag(Flags.AD)).isTrue();
        assertThat(message.getOPT().getPayloadSize()).isEqualTo(1400);
        assertThat(message.getOPT().getFlags()).isEqualTo(Edns.DNSSEC_OK);
        assertThat(message.getOPT().getOptions()).hasSize(1);
    }
}
