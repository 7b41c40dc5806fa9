package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** Upstreams that go down and come back. */
class HealthCheckTest {
    private static final String FAST = "policy sequential;health_check 10ms;read_timeout 1m;";

    private final ForwardFixture forward = new ForwardFixture();
    private final UpstreamDouble good = forward.upstream(UpstreamDouble.address("10.0.0.2"));
    private final UpstreamDouble gone = forward.upstream(UpstreamDouble.silence());
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void leave() throws Exception {
        gone.close();
    }

    @AfterEach
    void close() throws Exception {
        log.close();
        forward.close();
    }

    private double checkFailures() {
        return forward.metric("coredns_proxy_healthcheck_failures_total", gone.address());
    }

    private double tries() {
        return forward.metric("coredns_proxy_conn_cache", gone.address());
    }

    @Test
    void upstream_moreFailedChecksThanAllowed_isLeftOutUntilACheckWorks() {
        forward.with(List.of(gone, good), FAST);
        forward.ask("a.example.");
        Await.until("three checks failed", () -> checkFailures() >= 3);
        double before = tries();

        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.2");
        assertThat(tries()).isEqualTo(before);
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("WARNING plugin/forward: upstream " + gone.address() + " is down: "));

        UpstreamDouble back = forward.add(new UpstreamDouble(gone.port()));
        Await.until(
                "the upstream is up",
                () -> log.lines().contains("INFO plugin/forward: upstream " + gone.address() + " is up again"));
        assertThat(forward.addressOf("c.example.")).isEqualTo("10.0.0.1");
        Record check = back.asks().getFirst().query().getQuestion();
        assertThat(check.getName()).hasToString(".");
        assertThat(check.getType()).isEqualTo(Type.NS);
        assertThat(back.asks().getFirst().query().getHeader().getFlag(Flags.RD)).isTrue();
        assertThat(back.asks().getFirst().stream()).isFalse();
    }

    @Test
    void upstream_fewFailedChecks_isStillTried() {
        forward.with(List.of(gone, good), FAST + "max_fails 1000000");
        forward.ask("a.example.");
        Await.until("three checks failed", () -> checkFailures() >= 3);
        double before = tries();

        forward.ask("b.example.");

        assertThat(tries()).isEqualTo(before + 1);
    }

    @Test
    void upstream_checksOff_isNeverChecked() {
        forward.with(List.of(gone, good), FAST + "max_fails 0");

        for (int i = 0; i < 5; i++) {
            forward.ask("q" + i + ".example.");
        }

        assertThat(tries()).isEqualTo(5);
        assertThat(checkFailures()).isZero();
    }

    @Test
    void allUpstreams_down_oneQueryInAWhileIsTriedInSpiteOfIt() {
        forward.with(List.of(gone), FAST);
        forward.ask("a.example.");
        Await.until("three checks failed", () -> checkFailures() >= 3);
        double before = tries();

        Await.until("a query was let through", () -> {
            assertThat(forward.ask("b.example.")).isInstanceOf(Reply.Failed.class);
            return tries() > before;
        });

        assertThat(forward.server.metrics("coredns_forward_healthcheck_broken_total"))
                .isNotEmpty();
    }

    @Test
    void allUpstreams_down_otherQueriesFailAtOnce() {
        forward.with(List.of(gone), FAST.replace("10ms", "1m"));
        for (int i = 0; i < 5; i++) {
            forward.ask("a.example.");
        }
        Await.until("it is down", () -> log.lines().stream().anyMatch(line -> line.contains(" is down: ")));
        double before = tries();

        assertThat(forward.ask("b.example.")).isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "no healthy upstream", 22));

        assertThat(tries()).isEqualTo(before);
    }

    @Test
    void allUpstreams_downWithFailfast_servfailAtOnce() {
        forward.with(List.of(gone), FAST + "failfast_all_unhealthy_upstreams");
        forward.ask("a.example.");
        Await.until("three checks failed", () -> checkFailures() >= 3);
        double before = tries();

        assertThat(forward.ask("b.example.")).isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "no healthy upstream", 22));
        assertThat(tries()).isEqualTo(before);
    }

    @Test
    void check_options_areFollowed() {
        forward.with(List.of(gone, good), FAST + "health_check 10ms no_rec domain Example.org;force_tcp");
        forward.ask("a.example.");
        Await.until("three checks failed", () -> checkFailures() >= 3);

        UpstreamDouble back = forward.add(new UpstreamDouble(gone.port()));
        Await.until("a check came", () -> !back.asks().isEmpty());

        UpstreamDouble.Ask check = back.asks().getFirst();
        assertThat(check.qname()).isEqualToIgnoringCase("example.org.");
        assertThat(check.query().getHeader().getFlag(Flags.RD)).isFalse();
        assertThat(check.stream()).isTrue();
    }

    @Test
    void check_answeredByNonsense_countsAsWorking() {
        forward.with(List.of(gone, good), FAST);
        forward.ask("a.example.");
        Await.until("three checks failed", () -> checkFailures() >= 3);

        UpstreamDouble back = forward.add(new UpstreamDouble(gone.port()).does(UpstreamDouble.garbage()));
        Await.until("the upstream is up", () -> log.lines().stream().anyMatch(line -> line.endsWith("up again")));

        assertThat(back.asks()).isNotEmpty();
    }

    @Test
    void upstream_backAndAnotherOneLateWithoutHedges_itsTrialIsNotLost() {
        UpstreamDouble.Behaviour servfail = UpstreamDouble.rcode(Rcode.SERVFAIL);
        UpstreamDouble back =
                forward.upstream(UpstreamDouble.byCheck(UpstreamDouble.rcode(Rcode.NOERROR), UpstreamDouble.silence()));
        forward.with(List.of(good, back), "policy round_robin;hedge off;read_timeout 2s;failover SERVFAIL");
        good.does(servfail);
        for (int i = 0; i < 3; i++) {
            forward.ask("a.example.");
        }
        Await.until(
                "a check was answered",
                () -> back.asks().stream()
                        .anyMatch(ask -> ask.query().getQuestion().getType() == Type.NS));
        back.does(UpstreamDouble.address("10.0.0.1"));
        good.does(UpstreamDouble.delayed(Duration.ofMillis(250), UpstreamDouble.address("10.0.0.2")));
        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.2");

        good.does(servfail);

        assertThat(forward.addressOf("c.example.")).isEqualTo("10.0.0.1");
    }

    @Test
    void upstream_heldOut_isNotAskedUntilTakenBack() {
        UpstreamDouble first = forward.upstream(UpstreamDouble.address("10.0.0.1"));
        forward.with(List.of(first, good), "policy sequential");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
        assertThat(forward.upstreams().addresses()).contains(address);

        forward.upstreams().holdOut(address, "leads back to this server");
        assertThat(forward.addressOf("a.example.")).isEqualTo("10.0.0.2");

        forward.upstreams().takeBack(address);
        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.1");
    }

    @Test
    void upstream_theOnlyOneHeldOut_servfailSaysWhy() {
        forward.with(List.of(good), "");

        forward.upstreams().holdOut(forward.upstreams().addresses().getFirst(), "leads back to this server");

        assertThat(forward.ask("a.example."))
                .isEqualTo(new Reply.Failed(Rcode.SERVFAIL, good.address() + ": leads back to this server", 22));
        assertThat(good.asks()).isEmpty();
    }
}
