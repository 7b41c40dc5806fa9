package org.cairndns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.forward.ForwardPlugin;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Section;

/** Equal queries on several event loops in front of a real upstream. */
class CoalescingTest {
    private static final Handler NO_OTHER = query -> new Reply.Failed(Rcode.NOTIMP, "next handler");
    private static final int LOOPS = 3;
    private static final int PER_LOOP = 40;

    @Test
    void handle_equalQueriesOnSeveralLoops_oneReachesTheUpstream() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(LOOPS * PER_LOOP);
        try (LoopServer server = LoopServer.epoll(LOOPS);
                UpstreamDouble upstream = new UpstreamDouble()) {
            upstream.does(ask -> {
                await(allAsked);
                UpstreamDouble.address("10.0.0.7").answer(ask);
            });
            Handler chain = chain(server, "forward . " + upstream.address());
            Query query = Queries.of("busy.example.org.", "A");
            for (CompletableFuture<Reply> reply : askOnAllLoops(server, chain, query, allAsked)) {
                assertThat(Queries.render(query, LoopServer.await(reply))
                                .getSection(Section.ANSWER)
                                .getFirst()
                                .rdataToString())
                        .isEqualTo("10.0.0.7");
            }

            assertThat(upstream.asks()).hasSize(1);
        }
    }

    @Test
    void handle_upstreamDoesNotAnswer_allFail() throws Exception {
        CountDownLatch allAsked = new CountDownLatch(LOOPS * PER_LOOP);
        try (LoopServer server = LoopServer.epoll(LOOPS);
                UpstreamDouble upstream = new UpstreamDouble()) {
            upstream.does(UpstreamDouble.silence());
            Handler chain = chain(
                    server,
                    "forward . " + upstream.address()
                            + " {\n read_timeout 500ms\n max_connect_attempts 1\n max_fails 0\n}");
            for (CompletableFuture<Reply> reply :
                    askOnAllLoops(server, chain, Queries.of("dead.example.org.", "A"), allAsked)) {
                assertThat(LoopServer.await(reply)).isInstanceOf(Reply.Failed.class);
            }

            assertThat(upstream.asks()).hasSize(1);
        }
    }

    private static Handler chain(LoopServer server, String forward) {
        FakeBlock block =
                new FakeBlock(server, ".:53 {\n cache\n " + forward + "\n}", new CacheStore(), new ForwardPlugin());
        assertThat(block.problems()).isEmpty();
        return block.start().chain(NO_OTHER);
    }

    private static List<CompletableFuture<Reply>> askOnAllLoops(
            LoopServer server, Handler chain, Query query, CountDownLatch allAsked) {
        Handler counted = asked -> {
            Reply reply = chain.handle(asked);
            allAsked.countDown();
            return reply;
        };
        List<CompletableFuture<Reply>> replies = new ArrayList<>();
        for (int i = 0; i < PER_LOOP; i++) {
            for (EventExecutor loop : server.eventLoops()) {
                replies.add(server.ask((EventLoop) loop, counted, query));
            }
        }
        return replies;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
