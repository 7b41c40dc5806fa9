package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Place;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.StatusClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;

/** A server one of whose event loops has ended: nothing within it mends that, so it is seen from outside. */
class ServingEndedTest {
    private static final String COREFILE = """
            . {
                loops
                whoami
                health 127.0.0.1:0
                prometheus 127.0.0.1:0
            }
            """;

    private final CompletableFuture<EventLoopGroup> loops = new CompletableFuture<>();

    @Test
    void loop_thatEnded_failsTheHealthPageAndIsACondition() throws Exception {
        PluginList plugins = PluginList.builtIn().with(new Loops(), Place.before("whoami"));
        try (TestServer server = TestServer.start(COREFILE, plugins);
                StatusClient health = new StatusClient(server.server())) {
            assertThat(health.request("GET", "/health").statusCode()).isEqualTo(200);
            assertThat(page(server)).doesNotContain("serving_ended");

            loops.join().next().shutdownGracefully(0, 1, TimeUnit.SECONDS).await();

            assertThat(health.request("GET", "/health").statusCode()).isEqualTo(503);
            assertThat(health.request("GET", "/health").body()).isEqualTo("1 of 2 event loops ended by a failure");
            Await.until(
                    "the condition",
                    () -> page(server).contains("cairn_condition{condition=\"serving_ended\",subject=\"\"} 1"));
        }
    }

    private static String page(TestServer server) {
        try {
            return MetricsClient.page(server.server());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A directive that hands the server's event loops to the test. */
    private final class Loops implements Plugin {
        @Override
        public String name() {
            return "loops";
        }

        @Override
        public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
            loops.complete(context.server().eventLoops());
        }
    }
}
