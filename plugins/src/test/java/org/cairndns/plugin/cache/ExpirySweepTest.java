package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.plugin.cache.CannedUpstream.answer;

import java.time.Duration;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class ExpirySweepTest {
    private static final Duration ONCE_THROUGH = Duration.ofSeconds(30);

    private final FakeServer server = new FakeServer();
    private final CannedUpstream upstream = new CannedUpstream()
            .replies(query -> answer(Rcode.NOERROR, "ANSWER " + query.qname() + " 60 IN A 10.0.0.1")
                    .apply(query));

    @Test
    void entries_expiredAndNobodyAsks_leave() {
        fill("stale_if_error off", 9_000);
        assertThat(entries()).isEqualTo(9_000);
        server.scheduler().advance(Duration.ofSeconds(59));
        assertThat(entries()).isEqualTo(9_000);

        server.scheduler().advance(ONCE_THROUGH);

        assertThat(entries()).isZero();
    }

    @Test
    void entries_expiredAndOfUseAsStale_stay() {
        fill("serve_stale 10m\nstale_if_error 1m", 10);
        server.scheduler().advance(Duration.ofMinutes(10));
        assertThat(entries()).isEqualTo(10);

        server.scheduler().advance(Duration.ofMinutes(2));

        assertThat(entries()).isZero();
    }

    @Test
    void sweeps_afterStop_areOver() {
        FakeBlock block = fill("", 1);
        block.stop();

        assertThat(server.scheduler().waiting()).isZero();
    }

    private FakeBlock fill(String property, int names) {
        FakeBlock block = new FakeBlock(server, ".:53 {\ncache {\n" + property + "\n}\n}", new CacheStore());
        Handler cache = block.chain(upstream);
        block.start();
        for (int i = 0; i < names; i++) {
            cache.handle(Queries.of("n" + i + ".example.org.", "A"));
        }
        return block;
    }

    private double entries() {
        return server.metrics("coredns_cache_entries{").stream()
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
