package org.cairndns.plugin.loadbalance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadbalancePluginTest {
    private static final DomainName WEB = DomainName.of("web.example");

    @Test
    void roundRobin_severalAddresses_everyOneComesFirstAtTimes() {
        Query query = Queries.of("web.example.", "A");
        Reply reply = ask("loadbalance", query, addresses(3));

        Set<String> firsts = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            List<String> answer = Queries.records(Queries.render(query, reply), org.xbill.DNS.Section.ANSWER);
            assertThat(answer)
                    .containsExactlyInAnyOrder(
                            "web.example. 30 IN A 10.0.0.0",
                            "web.example. 30 IN A 10.0.0.1",
                            "web.example. 30 IN A 10.0.0.2");
            firsts.add(answer.getFirst());
        }

        assertThat(firsts).hasSize(3);
    }

    @Test
    void roundRobin_aliasWithAddresses_aliasStaysFirst() {
        Query query = Queries.of("www.example.", "A");
        Reply alias = answered(new ResponseBuilder(query.qname())
                .name(Section.ANSWER, query.qname(), RecordType.CNAME, 30, WEB)
                .address(Section.ANSWER, WEB, 30, new byte[] {10, 0, 0, 1})
                .address(Section.ANSWER, WEB, 30, new byte[] {10, 0, 0, 2}));
        Reply reply = ask("loadbalance round_robin", query, alias);

        for (int i = 0; i < 50; i++) {
            assertThat(Queries.records(Queries.render(query, reply), org.xbill.DNS.Section.ANSWER))
                    .first()
                    .isEqualTo("www.example. 30 IN CNAME web.example.");
        }
    }

    @Test
    void roundRobin_oneAddress_sameReplyObject() {
        Reply single = addresses(1);

        assertThat(ask("loadbalance", Queries.of("web.example.", "A"), single)).isSameAs(single);
    }

    @Test
    void roundRobin_failureNegativeOrTransfer_passesUnchanged() {
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, "no upstream");
        Reply nameError = answered(new ResponseBuilder(WEB)
                .rcode(Rcode.NXDOMAIN)
                .address(Section.ADDITIONAL, WEB, 30, new byte[] {10, 0, 0, 1})
                .address(Section.ADDITIONAL, WEB, 30, new byte[] {10, 0, 0, 2}));
        Reply transfer = addresses(2);

        assertThat(ask("loadbalance", Queries.of("web.example.", "A"), failed)).isSameAs(failed);
        assertThat(ask("loadbalance", Queries.of("web.example.", "A"), nameError))
                .isSameAs(nameError);
        assertThat(ask("loadbalance", Queries.of("web.example.", "AXFR"), transfer))
                .isSameAs(transfer);
    }

    @Test
    void roundRobin_pendingReply_shuffledOnCompletion() {
        Query query = Queries.of("web.example.", "A");
        Reply.Pending pending = new Reply.Pending();
        Reply reply = ask("loadbalance", query, pending);
        Reply answer = addresses(2);

        pending.complete(answer);

        assertThat(Queries.await(reply)).isNotSameAs(answer).isInstanceOf(Reply.Answered.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "loadbalance random | 2:13: bad value for 'loadbalance', expected one of round_robin, weighted, got 'random'",
                "loadbalance round_robin twice | 2:25: wrong number of arguments for 'loadbalance', expected 0 to 1, got 2",
                "loadbalance {;reload 5s;} | 3:1: unknown property 'reload' of 'loadbalance', expected one of prefer",
                "loadbalance {;prefer 10.0.0.0;} | 3:8: bad value for 'prefer', expected a network such as 10.0.0.0/8 or"
                        + " 2001:db8::/32, got '10.0.0.0'",
                "loadbalance {;prefer ::/0 10.0.0.0/33;} | 3:13: bad value for 'prefer', expected a network such as"
                        + " 10.0.0.0/8 or 2001:db8::/32, got '10.0.0.0/33'",
            })
    void setup_wrongPolicyArgumentsOrNetworks_areProblemsAtTheirPlace(String directive, String problem) {
        assertThat(block(directive.replace(';', '\n')).problems()).containsExactly("Corefile:" + problem);
    }

    @Test
    void setup_preferWithoutNetwork_isAWarning() {
        FakeBlock block = block("loadbalance {\nprefer\n}");

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings()).containsExactly("Corefile:3:1: 'prefer' without a network changes nothing");
    }

    private static Reply ask(String directive, Query query, Reply downstream) {
        FakeBlock block = block(directive);
        assertThat(block.problems()).isEmpty();
        return block.chain(any -> downstream).handle(query);
    }

    private static Reply addresses(int count) {
        ResponseBuilder builder = new ResponseBuilder(WEB);
        for (int i = 0; i < count; i++) {
            builder.address(Section.ANSWER, WEB, 30, new byte[] {10, 0, 0, (byte) i});
        }
        return answered(builder);
    }

    private static Reply answered(ResponseBuilder builder) {
        return new Reply.Answered(builder.build());
    }

    private static FakeBlock block(String directive) {
        return new FakeBlock(new FakeServer(), ".:53 {\n" + directive + "\n}\n", new LoadbalancePlugin());
    }
}
