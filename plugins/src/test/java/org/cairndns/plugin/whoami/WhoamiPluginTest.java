package org.cairndns.plugin.whoami;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class WhoamiPluginTest {
    private final Handler whoami = block("whoami").chain(query -> Reply.Dropped.INSTANCE);

    @Test
    void whoami_udpOverIpv4_addressAndPortInAdditional() {
        Message message = ask(Queries.of("Example.org.", "MX"));

        assertThat(message.getHeader().getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(message.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(message.getSection(Section.ANSWER)).isEmpty();
        assertThat(Queries.records(message, Section.ADDITIONAL))
                .containsExactly("Example.org. 0 IN A 10.1.2.3", "_udp.Example.org. 0 IN SRV 0 0 40001 .");
    }

    @Test
    void whoami_tcpOverIpv6_aaaaAndTcpLabel() {
        InetSocketAddress client = new InetSocketAddress("2001:db8::7", 65_535);

        Message message = ask(Queries.of(".", "A", client, Queries.TCP));

        assertThat(Queries.records(message, Section.ADDITIONAL))
                .containsExactly(". 0 IN AAAA 2001:db8:0:0:0:0:0:7", "_tcp. 0 IN SRV 0 0 65535 .");
    }

    @Test
    void whoami_chaosClass_recordsHaveTheQuestionsClass() {
        Message message = ask(Queries.ofClass("example.org.", "TXT", DClass.CH));

        assertThat(message.getSection(Section.ADDITIONAL))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.getDClass()).isEqualTo(DClass.CH));
    }

    @Test
    void whoami_qnameTooLongForAnotherLabel_addressOnly() {
        String label = "a".repeat(62) + ".";

        Message message = ask(Queries.of(label.repeat(4), "A"));

        assertThat(Queries.records(message, Section.ADDITIONAL)).hasSize(1);
    }

    @Test
    void setup_argumentOrBlock_isAProblemAtItsPlace() {
        assertThat(block("whoami me").problems())
                .containsExactly("Corefile:2:8: wrong number of arguments for 'whoami', expected none, got 1");
        assertThat(block("whoami {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'whoami' on a line of its own, got '{'");
    }

    private Message ask(Query query) {
        return Queries.render(query, whoami.handle(query));
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ".:53 {\n" + directive + "\n}\n", new WhoamiPlugin());
    }
}
