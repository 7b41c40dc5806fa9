package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Upstreams that are slow, wrong, hostile or not there. */
class ForwardFailureTest {
    private static final String IN_ORDER = "policy sequential;";

    private final ForwardFixture forward = new ForwardFixture();
    private final UpstreamDouble good = forward.upstream(UpstreamDouble.address("10.0.0.2"));

    @AfterEach
    void close() throws Exception {
        forward.close();
    }

    @Test
    void handle_silentUpstream_isTriedTwiceThenServfail() {
        UpstreamDouble silent = forward.upstream(UpstreamDouble.silence());
        forward.with(List.of(silent), "read_timeout 50ms;max_fails 0");

        Reply reply = forward.ask("a.example.");

        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(failed.reason()).startsWith(silent.address() + ": no response over udp within ");
        });
        assertThat(silent.asks()).hasSize(2);
        assertThat(silent.asks().get(0).query().getHeader().getID())
                .isNotEqualTo(silent.asks().get(1).query().getHeader().getID());
        assertThat(silent.asks().get(0).sourcePort())
                .isNotEqualTo(silent.asks().get(1).sourcePort());
    }

    @Test
    void handle_silentUpstream_nextOneAnswers() {
        UpstreamDouble silent = forward.upstream(UpstreamDouble.silence());
        forward.with(List.of(silent, good), IN_ORDER + "read_timeout 50ms");

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.2");
    }

    @Test
    void handle_maxConnectAttempts_limitsFailures() {
        UpstreamDouble silent = forward.upstream(UpstreamDouble.silence());
        forward.with(List.of(silent, good), IN_ORDER + "read_timeout 50ms;max_connect_attempts 1");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
        assertThat(good.asks()).isEmpty();
    }

    @Test
    void handle_unlimitedAttemptsAtRefusedPort_endAllTheSame() throws Exception {
        UpstreamDouble gone = forward.upstream(UpstreamDouble.silence());
        gone.close();
        forward.with(List.of(gone), "max_connect_attempts 0;max_fails 0;read_timeout 1m");

        assertThat(forward.ask("a.example.")).isInstanceOf(Reply.Failed.class);
        assertThat(forward.metric("conn_cache_misses", gone.address())).isEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handle_refusedPort_isNoticedAtOnce(boolean tcp) throws Exception {
        UpstreamDouble gone = forward.upstream(UpstreamDouble.silence());
        gone.close();
        forward.with(List.of(gone, good), IN_ORDER + "read_timeout 1m");
        Query query = Queries.of("a.example.", "A").withListener(tcp ? Queries.TCP : Queries.UDP);

        assertThat(forward.addressOf(query)).isEqualTo("10.0.0.2");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handle_responseThatDoesNotParse_nextUpstreamIsAsked(boolean tcp) {
        UpstreamDouble broken = forward.upstream(UpstreamDouble.garbage());
        forward.with(List.of(broken, good), IN_ORDER + "read_timeout 1m;max_fails 0");
        Query query = Queries.of("a.example.", "A").withListener(tcp ? Queries.TCP : Queries.UDP);

        assertThat(forward.addressOf(query)).isEqualTo("10.0.0.2");
        // What came over UDP may have been damaged or cut, so the same one is asked over TCP first.
        assertThat(broken.asks())
                .extracting(UpstreamDouble.Ask::stream)
                .isEqualTo(tcp ? List.of(true) : List.of(false, true));
        assertThat(forward.metric("cairn_forward_stream_retries_total", broken.address()))
                .isEqualTo(tcp ? 0 : 1);
    }

    @Test
    void handle_forgedResponses_areIgnoredAndCounted() {
        UpstreamDouble forged = forward.upstream(ask -> {
            UpstreamDouble.otherId().answer(ask);
            UpstreamDouble.otherQuestion(question("b.example.", Type.A, DClass.IN))
                    .answer(ask);
            UpstreamDouble.otherQuestion(question("a.example.", Type.AAAA, DClass.IN))
                    .answer(ask);
            UpstreamDouble.otherQuestion(question("a.example.", Type.A, DClass.CH))
                    .answer(ask);
            ask.sender().send(new byte[] {1, 2, 3});
            ask.sender().send(ask.query().toWire());
            UpstreamDouble.address("10.0.0.9").answer(ask);
        });
        forward.with(List.of(forged), "");

        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.9");
        assertThat(forward.metric("cairn_forward_ignored_responses_total", forged.address()))
                .isEqualTo(6);
    }

    @Test
    void handle_lateResponse_isIgnored() {
        UpstreamDouble late = forward.upstream(ask -> {
            if (ask.qname().equals("b.example.")) {
                UpstreamDouble.address("10.0.0.9").answer(ask);
            }
        });
        forward.with(List.of(late), "read_timeout 30ms;max_connect_attempts 1;max_fails 0");
        forward.ask("a.example.");
        // The answer to the first query comes when its socket is gone or no longer knows the id.
        late.does(ask -> {
            UpstreamDouble.address("10.0.0.1").answer(late.asks().getFirst());
            UpstreamDouble.address("10.0.0.9").answer(ask);
        });

        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.9");
    }

    @Test
    void handle_manyQueriesWithADeadUpstream_eachGetsAReply() {
        forward.with(List.of(forward.upstream(UpstreamDouble.silence()), good), "max_fails 0;read_timeout 100ms");
        List<CompletableFuture<Reply>> replies = new ArrayList<>();

        for (int i = 0; i < 2_000; i++) {
            replies.add(forward.begin(Queries.of("q" + i + ".example.", "A")));
        }

        // The kernel may drop some of them on the way to the live one, which are failures then.
        assertThat(replies)
                .allSatisfy(reply ->
                        assertThat(LoopServer.await(reply)).isInstanceOfAny(Reply.Answered.class, Reply.Failed.class));
    }

    @Test
    void handle_moreQueriesThanALoopHolds_servfailAtOnce() {
        UpstreamDouble silent = forward.upstream(UpstreamDouble.silence());
        forward.with(List.of(silent), "read_timeout 1m");
        for (int i = 0; i < 20_000; i++) {
            forward.begin(Queries.of("a.example.", "A"));
        }

        assertThat(forward.ask("b.example."))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "too many queries under way", 0));
    }

    @Test
    void handle_errorWithoutQuestion_reachesTheClient() {
        UpstreamDouble old = forward.upstream(ask -> {
            Message formerr = new Message(ask.query().getHeader().getID());
            formerr.getHeader().setFlag(Flags.QR);
            formerr.getHeader().setRcode(Rcode.FORMERR);
            ask.sender().send(formerr.toWire());
        });
        forward.with(List.of(old), "");
        Query query = Queries.withEdns("a.example.", "A", 1232, false);

        assertThat(Queries.render(query, forward.ask(query)).getRcode()).isEqualTo(Rcode.FORMERR);
    }

    @Test
    void handle_failover_asksOthersAndReturnsTheLastReply() {
        UpstreamDouble failing = forward.upstream(UpstreamDouble.rcode(Rcode.SERVFAIL));
        UpstreamDouble refusing = forward.upstream(UpstreamDouble.rcode(Rcode.REFUSED));
        forward.with(List.of(failing, refusing, good), IN_ORDER + "failover servfail REFUSED");
        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.2");

        forward.with(List.of(failing, refusing), IN_ORDER + "failover servfail REFUSED");
        assertThat(rcode("a.example.")).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void handle_withoutFailover_errorResponseIsTheReply() {
        UpstreamDouble failing = forward.upstream(UpstreamDouble.rcode(Rcode.SERVFAIL));
        forward.with(List.of(failing, good), IN_ORDER);

        assertThat(rcode("a.example.")).isEqualTo(Rcode.SERVFAIL);
        assertThat(good.asks()).isEmpty();
    }

    @Test
    void handle_next_isAnotherForwardForTheseRcodes() {
        UpstreamDouble first = forward.upstream(UpstreamDouble.rcode(Rcode.NXDOMAIN));
        String both = "forward . " + first.address() + " {;next NXDOMAIN;};forward . " + good.address();
        forward.with(both);
        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.2");

        first.does(UpstreamDouble.rcode(Rcode.REFUSED));
        assertThat(rcode("b.example.")).isEqualTo(Rcode.REFUSED);

        first.does(UpstreamDouble.rcode(Rcode.NOERROR));
        assertThat(rcode("c.example.")).isEqualTo(Rcode.NOERROR);
        forward.with(both.replace("next NXDOMAIN", "next_on_nodata"));
        assertThat(forward.addressOf("c.example.")).isEqualTo("10.0.0.2");
    }

    @Test
    void handle_nextWithoutAnotherForward_responseIsTheReply() {
        UpstreamDouble first = forward.upstream(UpstreamDouble.rcode(Rcode.NXDOMAIN));
        forward.with(List.of(first), "next NXDOMAIN");

        assertThat(rcode("a.example.")).isEqualTo(Rcode.NXDOMAIN);
    }

    private int rcode(String qname) {
        Query query = Queries.of(qname, "A");
        return Queries.render(query, forward.ask(query)).getRcode();
    }

    private static Record question(String name, int type, int dnsClass) {
        return Record.newRecord(Name.fromConstantString(name), type, dnsClass);
    }
}
