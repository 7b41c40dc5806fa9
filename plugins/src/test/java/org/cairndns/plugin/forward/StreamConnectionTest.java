package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.forward.ForwardFixture.overTcp;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to upstreams over TCP. */
class StreamConnectionTest {
    private static final String ONCE = "max_connect_attempts 1;";

    private final ForwardFixture forward = new ForwardFixture();
    private final UpstreamDouble upstream = forward.upstream(UpstreamDouble.address("10.0.0.1"));

    @AfterEach
    void close() throws Exception {
        forward.close();
    }

    @Test
    void connection_manyQueries_isKept() {
        forward.with(List.of(upstream), "read_timeout 1m;max_fails 0");

        for (int i = 0; i < 20; i++) {
            forward.ask(overTcp("q" + i + ".example."));
        }

        assertThat(upstream.accepted()).isEqualTo(1);
        assertThat(forward.metric("coredns_proxy_conn_cache_hits_total", "tcp")).isEqualTo(19);
    }

    @Test
    void connection_severalUnderWay_responsesComeInAnyOrder() {
        CompletableFuture<UpstreamDouble.Ask> held = new CompletableFuture<>();
        upstream.does(ask -> {
            if (!held.isDone()) {
                held.complete(ask);
                return;
            }
            UpstreamDouble.address("10.0.0.2").answer(ask);
            UpstreamDouble.address("10.0.0.1").answer(held.join());
        });
        forward.with(List.of(upstream), "read_timeout 1m;max_fails 0");
        CompletableFuture<Reply> first = forward.begin(overTcp("a.example."));
        held.join();

        assertThat(forward.addressOf(overTcp("b.example."))).isEqualTo("10.0.0.2");
        assertThat(LoopServer.await(first)).isInstanceOf(Reply.Answered.class);
        assertThat(upstream.accepted()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void connection_closedByUpstreamInUse_queryGoesOutAgainOnAnother(boolean reset) {
        forward.with(List.of(upstream), ONCE);
        forward.ask(overTcp("a.example."));
        AtomicInteger closed = new AtomicInteger();
        upstream.does(ask -> {
            if (closed.getAndIncrement() > 0) {
                UpstreamDouble.address("10.0.0.3").answer(ask);
            } else if (reset) {
                ask.sender().reset();
            } else {
                ask.sender().close();
            }
        });

        assertThat(forward.addressOf(overTcp("b.example."))).isEqualTo("10.0.0.3");
        assertThat(upstream.accepted()).isEqualTo(2);
        assertThat(forward.metric("healthcheck_failures", upstream.address())).isZero();
    }

    @Test
    void connection_closedByUpstreamAgain_isAFailure() {
        forward.with(List.of(upstream), ONCE);
        forward.ask(overTcp("a.example."));
        upstream.does(ask -> ask.sender().close());

        assertThat(forward.ask(overTcp("b.example.")))
                .isInstanceOfSatisfying(
                        Reply.Failed.class,
                        failed -> assertThat(failed.reason()).contains("closed by the upstream"));
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void connection_idleLongerThanExpire_isClosed() {
        forward.with(List.of(upstream), "expire 20ms;read_timeout 1m;max_fails 0");
        forward.ask(overTcp("a.example."));

        Await.until("the connection is closed", () -> upstream.connected() == 0);

        forward.ask(overTcp("b.example."));
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void connection_olderThanMaxAge_isReplaced() {
        forward.with(List.of(upstream), "expire 0;max_age 1ns;read_timeout 1m;max_fails 0");

        forward.ask(overTcp("a.example."));
        forward.ask(overTcp("b.example."));

        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void connections_manyQueriesUnderWay_areFew() {
        upstream.does(UpstreamDouble.silence());
        forward.with(List.of(upstream), "read_timeout 1m;max_fails 0");

        for (int i = 0; i < 100; i++) {
            forward.begin(overTcp("q" + i + ".example."));
        }

        Await.until("all queries came", () -> upstream.asks().size() == 100);
        assertThat(upstream.accepted()).isEqualTo(4);
    }

    @Test
    void connections_maxIdle_boundsTheirNumber() {
        upstream.does(UpstreamDouble.silence());
        forward.with(List.of(upstream), "read_timeout 1m;max_fails 0;max_idle_conns 2");

        for (int i = 0; i < 100; i++) {
            forward.begin(overTcp("q" + i + ".example."));
        }

        Await.until("all queries came", () -> upstream.asks().size() == 100);
        assertThat(upstream.accepted()).isEqualTo(2);
    }

    @Test
    void connection_silent_isNotTrustedWithMore() {
        upstream.does(ask -> {
            if (ask.qname().startsWith("good")) {
                UpstreamDouble.address("10.0.0.1").answer(ask);
            }
        });
        forward.with(List.of(upstream), ONCE + "read_timeout 50ms;max_fails 0");
        forward.ask(overTcp("good.example."));
        assertThat(forward.ask(overTcp("bad.example."))).isInstanceOf(Reply.Failed.class);

        forward.ask(overTcp("good.example."));

        assertThat(upstream.accepted()).isEqualTo(2);
        Await.until("the silent connection is closed", () -> upstream.connected() == 1);
    }
}
