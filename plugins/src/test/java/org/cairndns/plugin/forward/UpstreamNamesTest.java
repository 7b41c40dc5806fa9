package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.ManualScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamNamesTest {
    private static final UpstreamTarget ADDRESS =
            new UpstreamAddress(new InetSocketAddress("192.0.2.9", 53), Scheme.DNS, "");
    private static final UpstreamTarget HOST =
            new UpstreamHost(new HostPort("dns.example", 853), Scheme.TLS, "dns.example");
    private static final UpstreamTarget OTHER = new UpstreamHost(new HostPort("b.example", 53), Scheme.DNS, "");

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Map<String, List<InetAddress>> known = new HashMap<>();
    private final List<List<String>> used = new ArrayList<>();
    private final LogCapture log = new LogCapture();

    @AfterEach
    void close() {
        log.close();
    }

    private UpstreamNames names(UpstreamTarget... targets) {
        AddressLookup lookup = host -> known.containsKey(host)
                ? CompletableFuture.completedFuture(known.get(host))
                : CompletableFuture.failedFuture(new IllegalStateException("NXDOMAIN"));
        return new UpstreamNames(
                List.of(targets),
                lookup,
                addresses ->
                        used.add(addresses.stream().map(UpstreamAddress::label).toList()),
                scheduler,
                new UpstreamSurroundings(
                        List.of(),
                        Path.of("nowhere"),
                        OwnListeners.none(),
                        Conditions.of(new Meters(new PrometheusRegistry()))));
    }

    private void isKnown(String host, String... addresses) {
        known.put(host, Stream.of(addresses).map(InetAddress::ofLiteral).toList());
    }

    @Test
    void start_hostAmongAddresses_standsInItsPlaceWithEachAddressOnce() {
        isKnown("dns.example", "192.0.2.1", "2001:db8::1");
        isKnown("b.example", "192.0.2.9", "192.0.2.2");
        UpstreamNames names = names(ADDRESS, HOST, OTHER);

        names.start();

        assertThat(used)
                .containsExactly(
                        List.of("192.0.2.9:53", "192.0.2.1:853", "[2001:db8:0:0:0:0:0:1]:853", "192.0.2.2:53"));
        assertThat(names.known()).isDone();
    }

    @Test
    void start_hostNotKnown_othersServeAndItIsAskedForSoon() {
        UpstreamNames names = names(ADDRESS, HOST);

        names.start();

        assertThat(used).containsExactly(List.of("192.0.2.9:53"));
        assertThat(names.known()).isNotDone();
        assertThat(log.lines())
                .anySatisfy(line -> assertThat(line)
                        .isEqualTo("WARNING plugin/forward: cannot look up upstream dns.example: NXDOMAIN"));

        isKnown("dns.example", "192.0.2.1");
        scheduler.advance(Duration.ofMillis(500));

        assertThat(used.getLast()).containsExactly("192.0.2.9:53", "192.0.2.1:853");
        assertThat(names.known()).isDone();
    }

    @Test
    void refresh_otherAddresses_areUsedAfterHalfAMinute() {
        isKnown("dns.example", "192.0.2.1");
        UpstreamNames names = names(HOST);
        names.start();
        isKnown("dns.example", "192.0.2.7");

        scheduler.advance(Duration.ofSeconds(29));
        assertThat(used).hasSize(1);

        scheduler.advance(Duration.ofSeconds(1));
        assertThat(used.getLast()).containsExactly("192.0.2.7:853");
    }

    @Test
    void refresh_sameAddressesRotated_changeNothing() {
        isKnown("dns.example", "192.0.2.1", "192.0.2.2");
        names(HOST).start();
        isKnown("dns.example", "192.0.2.2", "192.0.2.1");

        scheduler.advance(Duration.ofMinutes(2));

        assertThat(used).hasSize(1);
    }

    @Test
    void refresh_nameGone_addressesStay() {
        isKnown("dns.example", "192.0.2.1");
        names(HOST).start();
        known.clear();

        scheduler.advance(Duration.ofSeconds(30));

        assertThat(used).hasSize(1);
        assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains("the addresses known before stay"));
    }

    @Test
    void stop_namesAreNotLookedUpAgain() {
        isKnown("dns.example", "192.0.2.1");
        UpstreamNames names = names(HOST);
        names.start();
        isKnown("dns.example", "192.0.2.7");

        names.stop();
        scheduler.advance(Duration.ofMinutes(2));

        assertThat(used).hasSize(1);
    }
}
