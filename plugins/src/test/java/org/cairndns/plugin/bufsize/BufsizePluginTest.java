package org.cairndns.plugin.bufsize;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;

class BufsizePluginTest {
    private static final DomainName WEB = DomainName.of("web.example.");

    private final List<Query> seen = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "bufsize,4096,1232",
        "bufsize,512,512",
        "bufsize 512,1232,512",
        "bufsize 4096,2000,2000",
        "bufsize 4096,65535,4096"
    })
    void bufsize_client_getsTheSmallerOfBoth(String directive, int client, int expected) {
        Message message = ask(directive, Queries.withEdns("web.example.", "A", client, true));

        assertThat(message.numBytes()).isLessThanOrEqualTo(expected).isGreaterThan(expected - 27);
        assertThat(message.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(message.getOPT().getPayloadSize()).isEqualTo(expected);
        assertThat(seen.getFirst().edns().udpPayloadSize()).isEqualTo(expected);
        assertThat(seen.getFirst().edns().dnssecOk()).isTrue();
    }

    @Test
    void bufsize_clientWithoutEdns_isLeftAlone() {
        Message message = ask("bufsize", Queries.of("web.example.", "A"));

        assertThat(message.numBytes()).isLessThanOrEqualTo(512);
        assertThat(message.getOPT()).isNull();
        assertThat(seen.getFirst().edns().present()).isFalse();
    }

    @Test
    void bufsize_tcp_answerIsWhole() {
        Query query = Queries.withEdns("web.example.", "A", 4096, false).withListener(Queries.TCP);

        assertThat(ask("bufsize 512", query).getSection(org.xbill.DNS.Section.ANSWER))
                .hasSize(500);
    }

    @Test
    void bufsize_failure_passesUnchanged() {
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, "no upstream");

        assertThat(block("bufsize").chain(query -> failed).handle(Queries.withEdns("a.", "A", 4096, false)))
                .isSameAs(failed);
    }

    @Test
    void setup_wrongValues_areProblemsAtTheirPlace() {
        for (String octets : List.of("511", "4097", "-1", "1k")) {
            assertThat(block("bufsize " + octets).problems())
                    .containsExactly(
                            "Corefile:2:9: bad value for 'bufsize', expected an integer from 512 to 4096, got '"
                                    + octets + "'");
        }
        assertThat(block("bufsize 512 512").problems())
                .containsExactly("Corefile:2:13: wrong number of arguments for 'bufsize', expected 0 to 1, got 2");
        assertThat(block("bufsize {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'bufsize' on a line of its own, got '{'");
    }

    private Message ask(String directive, Query query) {
        Reply reply = block(directive)
                .chain(inner -> {
                    seen.add(inner);
                    return answer();
                })
                .handle(query);
        return Queries.render(query, reply);
    }

    private static Reply answer() {
        ResponseBuilder builder = new ResponseBuilder(WEB);
        for (int i = 0; i < 500; i++) {
            builder.address(Section.ANSWER, WEB, 30, new byte[] {10, 0, (byte) (i >> 8), (byte) i});
        }
        return new Reply.Answered(builder.build());
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ". {\n" + directive + "\n}\n", new BufsizePlugin());
    }
}
