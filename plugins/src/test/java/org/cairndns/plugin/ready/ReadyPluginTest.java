package org.cairndns.plugin.ready;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.Test;

class ReadyPluginTest {
    private static final String PAGE = "0.0.0.0:8181/ready";

    private final FakeServer server = new FakeServer();
    private final AtomicBoolean kubernetes = new AtomicBoolean();
    private final AtomicBoolean forward = new AtomicBoolean();

    @Test
    void page_pluginsNotReady_503WithSortedNames() {
        block("ready");
        server.readiness().put("kubernetes", kubernetes::get);
        server.readiness().put("forward", forward::get);

        try (LogCapture log = new LogCapture()) {
            assertThat(server.page(PAGE).orElseThrow().status()).isEqualTo(503);
            assertThat(server.body(PAGE)).isEqualTo("forward,kubernetes");
            assertThat(log.lines())
                    .first()
                    .isEqualTo("INFO plugin/ready: Plugins not ready: \"forward\", \"kubernetes\"");
        }
    }

    @Test
    void page_nothingToWaitFor_200() {
        block("ready");

        assertThat(server.page(PAGE).orElseThrow().status()).isEqualTo(200);
        assertThat(server.body(PAGE)).isEqualTo("OK");
    }

    @Test
    void page_untilReady_onceReadyIsReadyForGood() {
        block("ready {\n monitor until-ready\n}");
        server.readiness().put("kubernetes", kubernetes::get);
        kubernetes.set(true);
        assertThat(server.body(PAGE)).isEqualTo("OK");

        kubernetes.set(false);

        assertThat(server.body(PAGE)).isEqualTo("OK");
    }

    @Test
    void page_afterAReload_staysReadyUntilItFollowsPlugins() {
        FakeBlock before = block("ready");
        assertThat(server.body(PAGE)).isEqualTo("OK");

        server.readiness().put("kubernetes", kubernetes::get);
        new FakeBlock(server, ".:53 {\nready\n}\n", before, new ReadyPlugin());
        assertThat(server.body(PAGE)).isEqualTo("OK");

        new FakeBlock(server, ".:53 {\nready {\n monitor continuously\n}\n}\n", before, new ReadyPlugin());
        assertThat(server.body(PAGE)).isEqualTo("kubernetes");
    }

    @Test
    void page_continuously_followsThePlugin() {
        block("ready :8282 {\n monitor continuously\n}");
        server.readiness().put("kubernetes", kubernetes::get);
        kubernetes.set(true);
        assertThat(server.body("0.0.0.0:8282/ready")).isEqualTo("OK");

        kubernetes.set(false);

        assertThat(server.body("0.0.0.0:8282/ready")).isEqualTo("kubernetes");
    }

    @Test
    void page_processStops_503() {
        FakeBlock block = block("ready");

        block.processStop();

        assertThat(server.page(PAGE).orElseThrow().status()).isEqualTo(503);
        assertThat(server.body(PAGE)).isEqualTo("stopping");
    }

    @Test
    void setup_rejectedValues_areProblemsAtTheirPlace() {
        assertThat(block("ready 8181").problems())
                .containsExactly("Corefile:2:7: bad value for 'ready', expected an address with a port, such as :8080"
                        + " or [::1]:8080, got '8181'");
        assertThat(block("ready\nready").problems())
                .containsExactly("Corefile:3:1: 'ready' given twice, expected once per server block");
        assertThat(block("ready {\n monitor always\n}").problems())
                .containsExactly("Corefile:3:10: bad value for 'monitor', expected one of until-ready, continuously,"
                        + " got 'always'");
        assertThat(block("ready {\n watch\n}").problems())
                .containsExactly("Corefile:3:2: unknown property 'watch' of 'ready', expected one of monitor");
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new ReadyPlugin());
    }
}
