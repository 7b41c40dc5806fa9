package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.Reports;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** What queries see of an upstream that goes away, stalls, answers late or wrong, while another one is well. */
class UpstreamFaultTest {
    private static final String IN_ORDER = "policy sequential;hedge on;budget 1m;";
    private static final Duration LATE = Duration.ofMillis(250);

    private final ForwardFixture forward = new ForwardFixture();
    private final UpstreamDouble good = forward.upstream(UpstreamDouble.address("10.0.0.2"));
    private final UpstreamDouble bad = forward.upstream(UpstreamDouble.silence());

    @AfterEach
    void close() throws Exception {
        forward.close();
    }

    private void ask(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(forward.addressOf("q" + i + ".example.")).isEqualTo("10.0.0.2");
        }
    }

    private long queriesOf(UpstreamDouble upstream) {
        return upstream.asks().stream()
                .filter(ask -> ask.query().getQuestion().getType() != Type.NS)
                .count();
    }

    private double metric(String name, UpstreamDouble upstream) {
        return forward.metric(name, upstream.address());
    }

    @Test
    void blackHole_threeQueriesAreLate_othersNeverSeeIt() {
        forward.with(List.of(bad, good), IN_ORDER);

        ask(20);

        assertThat(queriesOf(bad)).isEqualTo(3);
        assertThat(metric("cairn_forward_hedges_total", good)).isEqualTo(3);
        assertThat(metric("cairn_forward_hedge_wins_total", good)).isEqualTo(3);
    }

    @Test
    void blackHole_moreQueriesThanTheBudget_someWaitForItAndAreCounted() {
        forward.with(List.of(bad, good), IN_ORDER + "max_fails 0");
        for (int i = 0; i < 200; i++) {
            forward.begin(Queries.of("q" + i + ".example.", "A"));
        }

        Await.until("withheld", () -> metric("cairn_forward_hedges_withheld_total", bad) > 0);
        assertThat(metric("cairn_forward_hedges_total", good)).isPositive();
        assertThat(metric("cairn_forward_hedges_withheld_total", good)).isZero();
    }

    @Test
    void blackHole_comesBack_isUsedAgain() {
        forward.with(List.of(bad, good), IN_ORDER + "health_check 50ms");
        ask(5);

        bad.does(UpstreamDouble.address("10.0.0.1"));

        Await.until(
                "the first one answers", () -> forward.addressOf("b.example.").equals("10.0.0.1"));
    }

    @Test
    void blackHole_hedgingOff_nextUpstreamAnswersAllTheSame() {
        forward.with(List.of(bad, good), "policy sequential;hedge off;budget 1m");

        ask(1);

        assertThat(metric("cairn_forward_hedges_total", good)).isZero();
    }

    @Test
    void blackHole_answersChecksOnly_getsOneQueryToTryAtATime() {
        bad.does(UpstreamDouble.byCheck(UpstreamDouble.rcode(Rcode.NOERROR), UpstreamDouble.silence()));
        forward.with(List.of(bad, good), IN_ORDER + "health_check 1m");
        ask(3);
        Await.until("a check was answered", () -> bad.asks().size() > 3);

        ask(20);

        assertThat(queriesOf(bad)).isBetween(3L, 4L);
    }

    @Test
    void bothSilent_replyComesWithinTheBudgetAndFewPackets() {
        UpstreamDouble second = forward.upstream(UpstreamDouble.silence());
        forward.with(List.of(bad, second), "budget 600ms");
        long start = System.nanoTime();

        Reply reply = forward.ask("a.example.");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        assertThat(reply).isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(failed.reason()).contains("no response within 600 ms");
            assertThat(failed.extendedError()).hasValue(EdnsOptions.NO_REACHABLE_AUTHORITY);
        });
        assertThat(queriesOf(bad) + queriesOf(second)).isBetween(2L, 4L);
    }

    @Test
    void circuits_statesOfUpstreams_areAMetric() {
        forward.with(List.of(bad, good), "policy sequential;health_check 20ms;max_fails 1;budget 200ms");
        assertThat(circuit(bad, "up")).isEqualTo(1);
        assertThat(circuit(bad, "down")).isZero();

        Await.until("down", () -> {
            forward.begin(Queries.of("a.example.", "A"));
            return circuit(bad, "down") == 1;
        });
        assertThat(circuit(bad, "up")).isZero();
        assertThat(circuit(good, "up")).isEqualTo(1);
        assertThat(forward.server.metrics("cairn_forward_circuit{")).hasSize(10);
    }

    @Test
    void circuits_whileAReloadIsUnderWay_countEachDirectiveOnce() {
        String corefile = ".:53 {\n forward a.example %1$s\n forward . %1$s\n}".formatted(good.address());
        FakeBlock before = new FakeBlock(forward.server, corefile, new ForwardPlugin()).start();
        FakeBlock after = new FakeBlock(forward.server, corefile, new ForwardPlugin()).start();

        assertThat(circuit(good, "up")).isEqualTo(2);
        before.stop();
        assertThat(circuit(good, "up")).isEqualTo(2);
        after.stop();
        assertThat(circuit(good, "up")).isZero();
    }

    @Test
    void circuit_ofABlockThatEnds_isNotShownWithoutItsCondition() {
        String corefile = ".:53 {\n forward . %s {\n max_fails 1\n health_check 20ms\n budget 200ms\n }\n}"
                .formatted(bad.address());
        FakeBlock block = new FakeBlock(forward.server, corefile, new ForwardPlugin()).start();
        Handler handler = block.chain(query -> new Reply.Failed(Rcode.NOTIMP, ""));
        Await.until("down", () -> {
            forward.server.ask(handler, Queries.of("a.example.", "A"));
            return circuit(bad, "down") == 1;
        });
        List<Integer> shown = new ArrayList<>();
        Conditions.of(forward.server.meters()).watch(new Conditions.Watcher() {
            @Override
            public void begun(String condition, String subject, String message) {
                shown.clear();
            }

            @Override
            public void ended(String condition, String subject) {
                shown.add(Reports.of(forward.server.meters()).all().size());
            }
        });

        block.stop();

        assertThat(shown).containsExactly(0);
    }

    @Test
    void circuits_blocksOfSeveralViews_countEach() {
        String block = ".:53 {\n view %s {\n expr true\n }\n forward . " + good.address() + "\n}";
        FakeBlock one = new FakeBlock(forward.server, block.formatted("one"), new ForwardPlugin()).start();
        FakeBlock other = new FakeBlock(forward.server, block.formatted("other"), new ForwardPlugin()).start();

        assertThat(circuit(good, "up")).isEqualTo(2);
        one.stop();
        other.stop();
    }

    private double circuit(UpstreamDouble upstream, String state) {
        String series = "cairn_forward_circuit{proxy_name=\"forward\",state=\"" + state + "\",to=\""
                + upstream.address() + "\"} ";
        return forward.server.metrics("cairn_forward_circuit").stream()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    @Test
    void bothDown_checksAndTriesShareOnePace_andTheFirstBackIsUsed() {
        UpstreamDouble second = forward.upstream(UpstreamDouble.silence());
        forward.with(List.of(bad, second), "health_check 100ms;max_fails 1;budget 200ms");
        Await.until("both are down", () -> {
            forward.begin(Queries.of("a.example.", "A"));
            return forward.server
                            .metrics("cairn_condition{condition=\"upstream_down\"")
                            .size()
                    == 2;
        });
        int before = bad.asks().size() + second.asks().size();
        long start = System.nanoTime();

        Await.until("ten packets more", () -> {
            forward.begin(Queries.of("b.example.", "A"));
            return bad.asks().size() + second.asks().size() >= before + 10;
        });

        // One of the first may have been on its way, one turn may come early.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(650));
        second.does(UpstreamDouble.address("10.0.0.2"));
        Await.until("it answers", () -> forward.ask("c.example.") instanceof Reply.Answered);
        ask(5);
    }

    @Test
    void oneUpstreamAlone_losesAPacket_isAskedAgain() {
        bad.does(UpstreamDouble.losing(2, UpstreamDouble.address("10.0.0.2")));
        forward.with(List.of(bad), "");

        ask(1);

        assertThat(bad.asks()).hasSize(2);
        assertThat(metric("cairn_forward_hedges_total", bad)).isZero();
    }

    @Test
    void upstreamDown_answersQueriesButNoChecks_isTriedAndUsedAgain() {
        forward.with(List.of(bad), "health_check 10ms;max_fails 1;budget 200ms");
        Await.until("it is down", () -> {
            forward.ask("a.example.");
            return !forward.server
                    .metrics("cairn_condition{condition=\"upstream_down\",subject=\"" + bad.address() + "\"} 1")
                    .isEmpty();
        });

        bad.does(UpstreamDouble.byCheck(UpstreamDouble.silence(), UpstreamDouble.address("10.0.0.2")));

        Await.until("a query is answered", () -> forward.ask("b.example.") instanceof Reply.Answered);
        ask(3);
    }

    @Test
    void lateAnswer_anotherWasBefore_isCountedAsLate() {
        bad.does(UpstreamDouble.delayed(LATE, UpstreamDouble.address("10.0.0.1")));
        forward.with(List.of(bad, good), IN_ORDER);

        ask(1);

        Await.until("the late one came", () -> metric("cairn_forward_late_responses_total", bad) == 1);
        assertThat(metric("cairn_forward_ignored_responses_total", bad)).isZero();
    }

    @Test
    void lateUpstream_secondOneFails_theLateAnswerIsTaken() {
        bad.does(UpstreamDouble.delayed(LATE, UpstreamDouble.address("10.0.0.2")));
        good.does(UpstreamDouble.rcode(Rcode.SERVFAIL));
        forward.with(List.of(bad, good), IN_ORDER);

        ask(1);

        assertThat(good.asks()).hasSize(1);
    }

    @Test
    void lateUpstream_inOrderAndNotHedged_othersAreNotAsked() {
        bad.does(UpstreamDouble.delayed(LATE, UpstreamDouble.address("10.0.0.1")));
        forward.with(List.of(bad, good), "policy sequential");
        List<CompletableFuture<Reply>> replies = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            replies.add(forward.begin(Queries.of("q" + i + ".example.", "A")));
        }

        assertThat(replies)
                .allSatisfy(reply -> assertThat(LoopServer.await(reply)).isInstanceOf(Reply.Answered.class));
        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.1");
        assertThat(good.asks()).isEmpty();
    }

    @Test
    void tlsHandshakeStalls_queriesGoToTheOtherOne() {
        // Over TCP it takes the client's first TLS message for the begin of a longer one, and waits for the rest.
        forward.with("forward . tls://" + bad.address() + " " + good.address() + " {;" + IN_ORDER + "}");

        ask(10);

        assertThat(bad.accepted()).isBetween(1, 20);
        assertThat(metric("cairn_forward_hedge_wins_total", good)).isEqualTo(3);
    }

    @Test
    void messageThatNeverEnds_nextUpstreamAnswers() {
        bad.does(UpstreamDouble.drip(Duration.ofMillis(20)));
        forward.with(List.of(bad, good), IN_ORDER + "force_tcp");

        ask(5);
    }

    @Test
    void tooLongForUdp_isAskedForOverTcp() {
        bad.does(UpstreamDouble.byTransport(UpstreamDouble.addresses(400), UpstreamDouble.address("10.0.0.2")));
        forward.with(List.of(bad), "");

        ask(1);

        assertThat(bad.asks()).extracting(UpstreamDouble.Ask::stream).containsExactly(false, true);
    }

    @Test
    void connectionReset_nextUpstreamAnswers() {
        bad.does(UpstreamDouble.reset());
        forward.with(List.of(bad, good), IN_ORDER + "force_tcp");

        ask(5);
    }

    @Test
    void answersMakeNoSense_extendedErrorSaysSo() {
        bad.does(UpstreamDouble.garbage());
        forward.with(List.of(bad), "");

        assertThat(forward.ask("a.example."))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.extendedError()).hasValue(EdnsOptions.INVALID_DATA));
    }

    @Test
    void otherCase_upperCaseWasSent_isAskedAgainOverTcp() {
        bad.does(UpstreamDouble.byTransport(UpstreamDouble.lowerCase(), UpstreamDouble.address("10.0.0.2")));
        forward.with(List.of(bad), "");

        assertThat(forward.addressOf("A.Example.")).isEqualTo("10.0.0.2");

        assertThat(bad.asks()).extracting(UpstreamDouble.Ask::stream).containsExactly(false, true);
        assertThat(metric("cairn_forward_case_mismatches_total", bad)).isEqualTo(1);
        assertThat(metric("cairn_forward_stream_retries_total", bad)).isEqualTo(1);
    }

    @Test
    void otherCase_noAnswerOverTcp_theFirstOneIsTaken() {
        bad.does(UpstreamDouble.byTransport(UpstreamDouble.lowerCase(), UpstreamDouble.reset()));
        forward.with(List.of(bad), "");

        assertThat(forward.ask("A.Example.")).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void sameCase_upperCaseWasSent_isTaken() {
        forward.with(List.of(good), "");

        assertThat(forward.addressOf("A.Example.")).isEqualTo("10.0.0.2");

        assertThat(good.asks()).hasSize(1);
        assertThat(metric("cairn_forward_case_mismatches_total", good)).isZero();
    }

    @Test
    void policyLatency_oneIsSlow_theOtherGetsMost() {
        bad.does(UpstreamDouble.delayed(Duration.ofMillis(40), UpstreamDouble.address("10.0.0.2")));
        forward.with(List.of(bad, good), "policy latency");

        ask(60);

        assertThat(good.asks()).hasSizeGreaterThan(50);
    }

    @Test
    void floodOfOneClient_anotherClientHasItsPart() {
        forward.with(List.of(bad), "read_timeout 1m");
        Query other = Queries.of("a.example.", "A", new InetSocketAddress("10.9.9.9", 40001), Queries.UDP);
        forward.begin(other);
        for (int i = 0; i < 12_000; i++) {
            forward.begin(Queries.of("a.example.", "A"));
        }

        assertThat(forward.ask("b.example."))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "too many queries of one client under way", 0));

        bad.does(UpstreamDouble.address("10.0.0.2"));
        assertThat(forward.addressOf(other)).isEqualTo("10.0.0.2");
    }
}
