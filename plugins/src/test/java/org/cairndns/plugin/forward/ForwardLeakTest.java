package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever upstreams do, every query ends and every buffer goes back. */
class ForwardLeakTest {
    private static final int QUERIES = 400;
    private static final List<UpstreamDouble.Behaviour> BEHAVIOURS = List.of(
            UpstreamDouble.address("10.0.0.1"),
            UpstreamDouble.rcode(Rcode.NXDOMAIN),
            UpstreamDouble.truncated(),
            UpstreamDouble.garbage(),
            UpstreamDouble.otherId(),
            UpstreamDouble.silence(),
            ask -> ask.sender().close(),
            ask -> ask.sender().reset(),
            ask -> ask.sender().send(new byte[7]));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void handle_upstreamsThatMisbehave_everyBufferIsReleased(boolean epoll) throws Exception {
        long seed = System.nanoTime();
        System.out.println("ForwardLeakTest seed " + seed);
        long before = buffersInUse();

        try (ForwardFixture forward = new ForwardFixture(epoll ? LoopServer.epoll(1) : LoopServer.nio(1))) {
            Random random = new Random(seed);
            UpstreamDouble.Behaviour any =
                    ask -> BEHAVIOURS.get(random.nextInt(BEHAVIOURS.size())).answer(ask);
            UpstreamDouble gone = forward.upstream(UpstreamDouble.silence());
            gone.close();
            forward.with(
                    List.of(forward.upstream(any), forward.upstream(any), gone),
                    "read_timeout 100ms;health_check 20ms;expire 50ms;prefer_udp");
            askAll(forward);
            forward.with(List.of(forward.upstream(any), gone), "read_timeout 100ms;health_check 20ms;force_tcp");
            askAll(forward);
        }

        Await.until("all buffers are released", () -> buffersInUse() <= before);
    }

    private static void askAll(ForwardFixture forward) {
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            replies.add(forward.begin(Queries.of("q" + i + ".example.", "A")));
        }
        replies.forEach(reply -> assertThat(LoopServer.await(reply)).isNotNull());
    }

    /** What threads keep in their caches counts, so it is only exact once the loops have ended. */
    private static long buffersInUse() {
        return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
                .mapToLong(PoolArenaMetric::numActiveAllocations)
                .sum();
    }
}
