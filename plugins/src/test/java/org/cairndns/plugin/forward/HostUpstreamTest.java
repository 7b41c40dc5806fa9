package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Type;

/** Upstreams that are host names. */
class HostUpstreamTest {
    private static final long PATIENCE_SECONDS = 30;

    private final ForwardFixture forward = new ForwardFixture();

    @AfterEach
    void close() throws Exception {
        forward.close();
    }

    /** A resolver that knows this IPv4 address for every name. */
    private UpstreamDouble resolver(String address) {
        return forward.upstream(ask -> {
            if (ask.query().getQuestion().getType() == Type.A) {
                UpstreamDouble.address(address).answer(ask);
            } else {
                UpstreamDouble.rcode(0).answer(ask);
            }
        });
    }

    @Test
    void handle_hostName_isLookedUpByTheResolverAndAsked() {
        UpstreamDouble upstream = forward.upstream(UpstreamDouble.address("10.0.0.1"));
        UpstreamDouble resolver = resolver("127.0.0.1");

        forward.with("forward . dns.example:" + upstream.port() + " {;resolver " + resolver.address() + ";}");

        Await.until("the upstream is known", () -> forward.ask("a.example.") instanceof Reply.Answered);
        assertThat(forward.addressOf("b.example.")).isEqualTo("10.0.0.1");
        assertThat(resolver.asks())
                .extracting(ask -> ask.qname() + " "
                        + Type.string(ask.query().getQuestion().getType()))
                .containsExactlyInAnyOrder("dns.example. A", "dns.example. AAAA");
    }

    @Test
    void handle_hostNameWithoutResolver_isLookedUpByTheSystem() {
        UpstreamDouble upstream = forward.upstream(UpstreamDouble.address("10.0.0.1"));

        forward.with("forward . localhost:" + upstream.port());

        Await.until("the upstream is known", () -> forward.ask("a.example.") instanceof Reply.Answered);
    }

    @Test
    void handle_hostNameNotKnownYet_isAFailureThatSaysSo() {
        UpstreamDouble resolver = forward.upstream(UpstreamDouble.silence());

        forward.with("forward . dns.example {;resolver " + resolver.address() + ";}");

        assertThat(forward.ask("a.example."))
                .isEqualTo(new Reply.Failed(2, "no address of an upstream is known yet", 22));
    }

    @Test
    void lookup_firstResolverFails_theSecondIsAsked() throws Exception {
        UpstreamDouble broken = forward.upstream(UpstreamDouble.rcode(2));
        ResolverLookup lookup = lookup(broken, resolver("192.0.2.5"));

        assertThat(lookup.addressesOf("dns.example").get(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .containsExactly(InetAddress.ofLiteral("192.0.2.5"));
    }

    @Test
    void lookup_noAddresses_fails() throws Exception {
        ResolverLookup lookup = lookup(forward.upstream(UpstreamDouble.rcode(3)));

        assertThat(lookup.addressesOf("dns.example"))
                .failsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("NXDOMAIN");
    }

    private ResolverLookup lookup(UpstreamDouble... resolvers) {
        List<UpstreamAddress> addresses = Arrays.stream(resolvers)
                .map(resolver ->
                        new UpstreamAddress(new InetSocketAddress("127.0.0.1", resolver.port()), Scheme.DNS, ""))
                .toList();
        return new ResolverLookup(addresses, Optional.empty(), forward.server, new ClientsUnderWay(100, 4711));
    }
}
