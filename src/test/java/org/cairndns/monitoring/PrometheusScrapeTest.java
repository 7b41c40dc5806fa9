package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real Prometheus scrapes a server under load, and answers what dashboards and alerts ask for, ours and the public ones.
 *
 * <p>Takes 20 seconds, or as many as the system property {@code cairn.monitoring.seconds} says.
 */
class PrometheusScrapeTest {
    private static final int QUERIES_PER_SECOND = 300;

    /** What the dashboard asks for in vain. */
    private static final Map<String, String> EMPTY_PANELS =
            Map.of("Queries dropped B", "shed is not in the Corefile; what it counts appears with the first drop");

    /** Alerts whose expressions give something, since it did happen; that of all others is to give nothing. */
    private static final Map<String, String> ACTIVE_ALERTS = Map.of(
            "CairnErrorsHigh", "one query in nine is for a name whose upstreams fail",
            "CairnCertificateExpires", "the certificate was made for the next days",
            "CairnUpstreamDown", "the upstream of dead.example is not there",
            "CairnUpstreamsAllDown", "it is its only one",
            "CairnReloadRefused", "the last Corefile is wrong");

    /** Alerts that depend on how busy the machine is. */
    private static final Map<String, String> MACHINE_ALERTS = Map.of(
            "CairnLatencyHigh", "a few queries wait for slow upstreams",
            "CairnQueriesDropped", "nobody reads the queue while the machine does other things",
            "CairnMemoryNearLimit", "the heap is that of all tests");

    @TempDir
    private static Path folder;

    private static BusyServer server;
    private static Prometheus prometheus;
    private static String rateInterval;
    private static Thread load;

    @BeforeAll
    static void scrape() throws Exception {
        Command.require("prometheus", "scraping the server as in a cluster");
        long seconds = Long.getLong("cairn.monitoring.seconds", 20);
        rateInterval = seconds < 120 ? "20s" : "1m";
        server = new BusyServer(Files.createDirectory(folder.resolve("server")));
        prometheus = Prometheus.start(
                Files.createDirectory(folder.resolve("prometheus")), AlertRules.ours(), server.metricsPort());
        server.happen();
        load = Thread.ofPlatform().daemon().start(PrometheusScrapeTest::load);
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    /** Asks until it is interrupted, which is when all tests are over. */
    private static void load() {
        try (BusyClient client = new BusyClient(server.port())) {
            long due = System.nanoTime();
            for (int sent = 0; !Thread.currentThread().isInterrupted(); sent++) {
                client.askNext();
                if (sent % QUERIES_PER_SECOND == 0) {
                    server.cluster().change();
                }
                due += Duration.ofSeconds(1).toNanos() / QUERIES_PER_SECOND;
                LockSupport.parkNanos(due - System.nanoTime());
            }
        } catch (IOException e) {
            // Interrupted on its way; what is missing then, the tests say.
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (load != null) {
            load.interrupt();
            load.join();
        }
        if (prometheus != null) {
            prometheus.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** True if a query gives something, where that is expected within half a minute: a busy machine misses scrapes. */
    private static boolean hasData(String expression, boolean expected) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        boolean data = !prometheus.values(expression).isEmpty();
        while (expected && !data && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            data = !prometheus.values(expression).isEmpty();
        }
        return data;
    }

    /** The queries that give nothing, or something in spite of it; and those that Prometheus does not take. */
    private static List<String> unexpected(List<Query> queries, Map<String, String> empty) throws Exception {
        List<String> faults = new ArrayList<>();
        for (Query query : queries) {
            String expression = query.chosen(rateInterval);
            try {
                boolean data = hasData(expression, !empty.containsKey(query.name()));
                if (data == empty.containsKey(query.name())) {
                    faults.add(query.name() + (data ? " has data: " : " has none: ") + expression);
                }
            } catch (IOException e) {
                faults.add(query.name() + ": " + e.getMessage());
            }
        }
        return faults;
    }

    @Test
    void dashboard_everyQuery_hasDataOrTheExpectedNothing() throws Exception {
        assertThat(unexpected(Dashboard.ours().queries(), EMPTY_PANELS)).isEmpty();
    }

    @Test
    void dashboard_variables_haveValues() throws Exception {
        assertThat(prometheus.labelValues("job", "coredns_build_info")).containsExactly("kube-dns");
        assertThat(prometheus.labelValues("instance", "coredns_build_info{job=~\"kube-dns\"}"))
                .containsExactly("127.0.0.1:" + server.metricsPort());
    }

    @Test
    void publicDashboardsAndAlerts_everyQuery_hasDataOrTheExpectedNothing() throws Exception {
        List<PublicQuery> all = PublicQuery.all();
        List<String> faults = new ArrayList<>();
        for (PublicQuery query : all) {
            boolean expected = query.expected() == PublicQuery.Expected.DATA;
            boolean data = hasData(query.query().chosen(rateInterval), expected);
            if (data != expected && query.expected() != PublicQuery.Expected.EITHER) {
                faults.add((data ? "has data: " : "has none: ") + query);
            }
        }

        assertThat(faults).isEmpty();
        assertThat(all).hasSizeGreaterThan(60);
    }

    @Test
    void alerts_everyExpression_hasWhatHappened() throws Exception {
        List<String> faults = new ArrayList<>();
        for (Query alert : AlertRules.ours().queries()) {
            boolean active = hasData(alert.expression(), ACTIVE_ALERTS.containsKey(alert.name()));
            if (active != ACTIVE_ALERTS.containsKey(alert.name()) && !MACHINE_ALERTS.containsKey(alert.name())) {
                faults.add(alert.name() + (active ? " is active: " : " is not: ") + alert.expression());
            }
        }

        assertThat(faults).isEmpty();
        assertThat(prometheus.ruleErrors()).isEmpty();
    }

    @Test
    void homepage_prometheusWidget_hasAValueForEachMetric() throws Exception {
        for (Map<String, Object> metric : HomepagePage.read().metrics()) {
            assertThat(prometheus.values((String) metric.get("query")))
                    .as("%s", metric.get("label"))
                    .hasSize(1)
                    .allMatch(value -> value >= 0 && value < 10_000);
        }
    }

    @Test
    void homepage_statusWidget_hasAValueForEachField() throws Exception {
        JsonNode status = JsonMapper.shared()
                .readTree(server.health("GET", "/status.json").body());
        for (Map<String, Object> mapping : HomepagePage.read().mappings()) {
            JsonNode value = status.get((String) mapping.get("field"));
            assertThat(value).as("%s of %s", mapping.get("field"), status).isNotNull();
            assertThat(value.isNull())
                    .as("%s of %s", mapping.get("field"), status)
                    .isFalse();
        }
        // What siteMonitor asks.
        assertThat(server.health("HEAD", "/health").statusCode()).isEqualTo(200);
    }

    @Test
    void runbooks_everyQuery_isAnswered() throws Exception {
        for (Path page : RunbooksTest.pages()) {
            for (String query : RunbooksTest.blocks(page, "promql")) {
                assertThat(prometheus.values(query)).as(query).isNotNull();
            }
        }
    }
}
