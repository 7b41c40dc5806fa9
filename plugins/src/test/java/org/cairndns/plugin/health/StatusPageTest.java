package org.cairndns.plugin.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.cairndns.plugin.errors.ErrorsPlugin;
import org.cairndns.plugin.prometheus.PrometheusPlugin;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.DurationCounts;
import org.cairndns.plugin.spi.Failures;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.plugin.spi.Reports;
import org.cairndns.plugin.spi.Totals;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final String AT = "0.0.0.0:8080";
    private static final String HOSTILE = "<script>alert(\"x\")</script>'&\u0000\n";
    private static final InstantSource NOW_CLOCK = InstantSource.fixed(Instant.parse("2026-11-26T07:00:00Z"));

    private final FakeServer server = new FakeServer();

    @Test
    void status_isOnByDefaultAndOffByOneOption() {
        block("health");
        assertThat(List.of("/status", "/status.json", "/status.css", "/status.js", "/status.svg"))
                .allMatch(path -> server.page(AT + path).orElseThrow().status() == 200);

        FakeServer without = new FakeServer();
        FakeBlock off = new FakeBlock(without, ".:53 {\nhealth {\n status off\n}\n}\n", new HealthPlugin());
        assertThat(off.problems()).isEmpty();
        assertThat(without.serves(AT + "/health")).isTrue();
        assertThat(List.of("/status", "/status.json", "/status.css", "/status.js", "/status.svg"))
                .noneMatch(path -> without.serves(AT + path));
    }

    @Test
    void status_off_nothingIsSampled() {
        new FakeBlock(server, ".:53 {\nhealth :0 {\n status off\n}\n}\n", new HealthPlugin()).start();

        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void status_rejectedValue_isAProblemAtItsPlace() {
        assertThat(block("health {\n status maybe\n}").problems())
                .containsExactly("Corefile:3:9: bad value for 'status', expected one of on, off, got 'maybe'");
        assertThat(block("health {\n status\n}").problems())
                .containsExactly("Corefile:3:2: wrong number of arguments for 'status', expected 1, got 0");
    }

    @Test
    void pages_tellBrowsersToShowThemAndNoMore() {
        block("health");
        for (String path : List.of("/status", "/status.json", "/status.css", "/status.js", "/status.svg")) {
            Page page = server.page(AT + path).orElseThrow();
            assertThat(page.headers())
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("X-Frame-Options", "DENY")
                    .hasEntrySatisfying(
                            "Content-Security-Policy",
                            policy -> assertThat(policy)
                                    .startsWith("default-src 'self';")
                                    .contains("frame-ancestors 'none'"));
        }
        assertThat(server.page(AT + "/health").orElseThrow().headers()).isEmpty();
    }

    @Test
    void page_namesNothingElsewhere() {
        block("health");
        for (String path : List.of("/status", "/status.css", "/status.js")) {
            assertThat(server.body(AT + path)).doesNotContain("//cdn", "https:", "@import", "style=", "onclick");
        }
        assertThat(server.body(AT + "/status.svg").replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("://");
    }

    @Test
    void queriesAndFailures_areShownAsTheyAreCounted() throws Exception {
        FakeBlock block = new FakeBlock(
                server,
                ".:53 {\nprometheus\nerrors\nhealth :0\n}\n",
                new HealthPlugin(NOW_CLOCK),
                new PrometheusPlugin(),
                new ErrorsPlugin());
        server.overview(overview("prometheus"));
        block.start();
        try (LogCapture lines = new LogCapture()) {
            for (int i = 0; i < 30; i++) {
                block.chain(query -> new Reply.Failed(Rcode.SERVFAIL, "upstream is away"))
                        .handle(Queries.of("secret-name.example.", "A"));
            }
            assertThat(lines.lines()).hasSize(30);
        }
        server.scheduler().advance(Duration.ofSeconds(10));

        String json = server.body("0.0.0.0:0/status.json");
        assertThat(json)
                .contains(
                        "\"now\": \"2026-11-26T07:00:00Z\"",
                        "\"queries_total\": 30,",
                        "\"servfail_total\": 30,",
                        "\"queries_per_second\": 3,",
                        "\"servfail_percent\": 100,",
                        "\"cache_hit_percent\": null",
                        "\"failure_list\": [{\"rcode\": \"SERVFAIL\", \"reason\": \"upstream is away\", \"count\": 30, "
                                + "\"last_at\": \"2026-11-26T06:59:50Z\"}]",
                        "\"queries_per_second\": [6, 0]",
                        "\"at\": [\"2026-11-26T06:59:55Z\", \"2026-11-26T07:00:00Z\"]");
        assertThat(json).doesNotContain("secret-name", "10.1.2.3");
        assertThat(server.body("0.0.0.0:0/status"))
                .contains("upstream is away", "30 SERVFAIL since the start")
                .doesNotContain("secret-name", "10.1.2.3");
        block.closeShared();
    }

    @Test
    void hostileTexts_areEscapedEverywhere() throws Exception {
        FakeBlock block = block("health :0");
        server.overview(new Overview(
                0,
                new Overview.Corefile(0, 1, 1, true),
                false,
                List.of(new Overview.Block(
                        List.of(HOSTILE), List.of(HOSTILE), HOSTILE, List.of("prometheus", HOSTILE)))));
        server.runningHash(HOSTILE);
        server.readiness().put(HOSTILE, () -> false);
        Reports.of(server.meters()).add(new Reporter() {
            @Override
            public List<Report> reports() {
                return List.of(
                        new Report.Cache(HOSTILE, 1, 1),
                        new Report.Cluster(HOSTILE, true, false, true, Map.of(HOSTILE, 1L), OptionalLong.of(1)),
                        new Report.Upstream(
                                HOSTILE, HOSTILE, Report.Upstream.State.HELD_OUT, HOSTILE, new DurationCounts(), 1));
            }
        });
        block.start();
        try (LogCapture lines = new LogCapture()) {
            Conditions conditions = Conditions.of(server.meters());
            conditions.begin(PluginLog.of("test"), HOSTILE, HOSTILE, HOSTILE);
            conditions.begin(PluginLog.of("test"), "over", HOSTILE, HOSTILE);
            conditions.drop("over", HOSTILE);
            Failures.of(server.meters()).add(new Reply.Failed(Rcode.SERVFAIL, HOSTILE), 1);
            assertThat(lines.lines()).hasSize(2);
        }

        String page = server.body("0.0.0.0:0/status");
        assertThat(page)
                .doesNotContain("<script>", "alert(\"", "\u0000")
                .contains("&lt;script&gt;alert(&quot;x&quot;)");
        assertThat(page.split(Pattern.quote("&lt;script&gt;"), -1)).hasSizeGreaterThan(14);
        String json = server.body("0.0.0.0:0/status.json");
        assertThat(json).doesNotContain("<", ">", "\u0000").contains("\\u003cscript\\u003ealert(\\\"x\\\")");
        block.closeShared();
    }

    @Test
    void partThatFails_isSaidOnceAndThePageStays() throws Exception {
        FakeBlock block = block("health :0");
        block.start();
        Reports.of(server.meters()).add(new Reporter() {
            @Override
            public void count(Totals totals) {
                throw new IllegalStateException("no counts");
            }
        });
        try (LogCapture lines = new LogCapture()) {
            server.scheduler().advance(Duration.ofSeconds(60));
            assertThat(server.page("0.0.0.0:0/status").orElseThrow().status()).isEqualTo(200);
            assertThat(server.body("0.0.0.0:0/status.json")).contains("\"queries_per_second\": [0, 0, 0");
            assertThat(lines.lines()).containsExactly("SEVERE a part of the server cannot tell about itself");
        }
        block.closeShared();
    }

    @Test
    void memory_outlivesAReload() throws Exception {
        FakeBlock before = block("health :0");
        before.start();
        server.scheduler().advance(Duration.ofSeconds(10));

        FakeBlock after = new FakeBlock(server, ".:53 {\nhealth :0\n}\n", before, new HealthPlugin(NOW_CLOCK));
        after.start();
        before.stop();
        server.scheduler().advance(Duration.ofSeconds(5));

        assertThat(server.body("0.0.0.0:0/status.json")).contains("\"queries_per_second\": [0, 0, 0]");
        after.closeShared();
        assertThat(server.scheduler().waiting()).isZero();
    }

    private static Overview overview(String... handlers) {
        return new Overview(
                0,
                new Overview.Corefile(0, 0, 0, false),
                false,
                List.of(new Overview.Block(List.of("."), List.of("dns://:53"), "", List.of(handlers))));
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive + "\n}\n", new HealthPlugin(NOW_CLOCK));
    }
}
