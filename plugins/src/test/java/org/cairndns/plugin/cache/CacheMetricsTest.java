package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.net.InetSocketAddress;
import java.util.Arrays;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;

class CacheMetricsTest {
    private static final String LABELS = "server=\"dns://:53\",view=\"\",zones=\"example.org.,example.com.\"";
    private static final String TYPED =
            "server=\"dns://:53\",type=\"%s\",view=\"\",zones=\"example.org.,example.com.\"";

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream();

    @Test
    void metrics_hitsAndMisses_areCountedUnderCoreDnsNames() {
        Handler cache = started().chain(upstream);
        upstream.replies(answer(Rcode.NOERROR, "ANSWER a.example.org. 60 IN A 10.0.0.1"))
                .then(answer(Rcode.NXDOMAIN, "AUTHORITY example.org. 60 IN SOA ns. host. 1 2 3 4 30"));
        for (String name : new String[] {"a", "b", "a", "b", "b"}) {
            cache.handle(Queries.of(name + ".example.org.", "A"));
        }

        assertThat(server.metrics("coredns_cache_"))
                .contains(
                        "coredns_cache_requests_total{" + LABELS + "} 5.0",
                        "coredns_cache_misses_total{" + LABELS + "} 2.0",
                        "coredns_cache_hits_total{" + TYPED.formatted("success") + "} 1.0",
                        "coredns_cache_hits_total{" + TYPED.formatted("denial") + "} 2.0",
                        "coredns_cache_entries{" + TYPED.formatted("success") + "} 1.0",
                        "coredns_cache_entries{" + TYPED.formatted("denial") + "} 1.0");
    }

    @Test
    void metrics_twoListeners_areToldApart() {
        Handler cache = started().chain(upstream);
        upstream.replies(answer(Rcode.NOERROR));
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 5353);
        ListenerInfo other = new ListenerInfo(Transport.UDP, "dns://127.0.0.1:5353", address);
        cache.handle(Queries.of("a.example.org.", "A"));
        cache.handle(Queries.of("a.example.org.", "A", address, other));

        assertThat(server.metrics("coredns_cache_requests_total"))
                .hasSize(2)
                .anyMatch(line -> line.contains("dns://127.0.0.1:5353") && line.endsWith(" 1.0"));
    }

    @Test
    void metrics_moreThanFits_countsEvictions() {
        Handler cache = started("success 1024").chain(upstream);
        upstream.replies(answer(Rcode.NOERROR));
        for (int i = 0; i < 2000; i++) {
            cache.handle(Queries.of("n" + i + ".example.org.", "A"));
        }

        assertThat(server.metrics("coredns_cache_entries{server=\"dns://:53\",type=\"success\""))
                .allMatch(line -> line.endsWith(" 1024.0"));
        assertThat(server.metrics("coredns_cache_evictions_total{server=\"dns://:53\",type=\"success\""))
                .allMatch(line -> line.endsWith(" 976.0"));
    }

    @Test
    void metrics_moreThanFits_evictionsSayWhatThereWasTooLittleOf() {
        Handler entries = started("success 1024").chain(upstream);
        upstream.replies(answer(Rcode.NOERROR));
        for (int i = 0; i < 2000; i++) {
            entries.handle(Queries.of("n" + i + ".example.org.", "A"));
        }
        assertThat(evictions("entries")).isEqualTo(976);
        assertThat(evictions("octets")).isZero();
        upstream.replies(query -> {
            String[] large = new String[200];
            Arrays.fill(large, "ANSWER " + query.qname() + " 60 IN TXT \"" + "x".repeat(100) + "\"");
            return answer(Rcode.NOERROR, large).apply(query);
        });
        Handler octets = new FakeBlock(
                        server, ".:53 {\ncache example.org example.com {\nmax_bytes 1MB\n}\n}", new CacheStore())
                .start()
                .chain(upstream);
        for (int i = 0; i < 100; i++) {
            octets.handle(Queries.of("n" + i + ".example.org.", "TXT"));
        }

        assertThat(evictions("octets")).isBetween(40.0, 70.0);
        assertThat(server.metrics("cairn_cache_octets{server=\"dns://:53\",type=\"success\""))
                .hasSize(1);
    }

    private double evictions(String reason) {
        return server.metrics("cairn_cache_evictions_total{").stream()
                .filter(line -> line.contains("type=\"success\"") && line.contains("reason=\"" + reason + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void setup_budgetAboveHalfOfTheHeap_isAWarning() {
        long heapMegabytes = server.memory().heapOctets() >> 20;
        FakeBlock block =
                new FakeBlock(server, ".:53 {\ncache {\nmax_bytes " + heapMegabytes + "MB\n}\n}", new CacheStore());

        assertThat(block.problems()).isEmpty();
        assertThat(block.warnings()).anyMatch(line -> line.contains("more than half of the server's heap"));
    }

    @Test
    void metrics_twoCachesOfOneServerAndZone_showTheirSum() {
        upstream.replies(answer(Rcode.NOERROR));
        started().chain(upstream).handle(Queries.of("a.example.org.", "A"));
        started().chain(upstream).handle(Queries.of("a.example.org.", "A"));

        assertThat(server.metrics("coredns_cache_entries{"))
                .containsExactlyInAnyOrder(
                        "coredns_cache_entries{" + TYPED.formatted("success") + "} 2.0",
                        "coredns_cache_entries{" + TYPED.formatted("denial") + "} 0.0");
    }

    @Test
    void entries_afterStop_areGone() {
        FakeBlock block = started();
        upstream.replies(answer(Rcode.NOERROR));
        block.chain(upstream).handle(Queries.of("a.example.org.", "A"));
        assertThat(server.metrics("coredns_cache_entries")).hasSize(2);
        block.stop();

        assertThat(server.metrics("coredns_cache_entries")).isEmpty();
    }

    private FakeBlock started(String... properties) {
        String directive = "cache example.org example.com {\n" + String.join("\n", properties) + "\n}";
        FakeBlock block = new FakeBlock(server, ".:53 {\n" + directive + "\n}", new CacheStore());
        assertThat(block.problems()).isEmpty();
        return block.start();
    }
}
