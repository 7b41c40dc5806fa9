package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.Chromium;
import org.cairndns.testing.StatusClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The status page in a browser: it looks alike wide and narrow, by day and by night, and asks nobody else. */
@ExtendWith(SeedCluster.Resolver.class)
class StatusBrowserTest {
    /** Pictures of this run, to be looked at. */
    private static final Path PICTURES = Path.of("target", "status-page");

    /** Least contrast of each text with what is behind it, by WCAG 2.2 1.4.3. */
    private static final String CONTRASTS = """
            (() => {
              const channels = text => text.match(/[\\d.]+/g).map(Number);
              const light = rgb => rgb.slice(0, 3)
                  .map(c => c / 255)
                  .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
                  .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
              const behind = element => {
                const rgb = channels(getComputedStyle(element).backgroundColor);
                return rgb.length === 4 && rgb[3] === 0 && element.parentElement ? behind(element.parentElement) : rgb;
              };
              const faults = [];
              for (const element of document.querySelectorAll('body *')) {
                const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
                if (!own || !element.checkVisibility()) continue;
                const [a, b] = [light(channels(getComputedStyle(element).color)), light(behind(element))];
                const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (contrast < 4.5) faults.push(element.textContent + ': ' + contrast.toFixed(2));
              }
              return faults.join('; ');
            })()""";

    /** Elements beyond the right edge, as far as they make the page wider, and those of which only a part is seen. */
    private static final String STICKING_OUT = """
            [...document.querySelectorAll('body *')]
                .filter(e => e.checkVisibility())
                .filter(e => document.documentElement.scrollWidth > %1$d && e.getBoundingClientRect().right > %1$d
                    || e.matches('.card, .wide') && e.scrollWidth > e.clientWidth)
                .map(e => e.tagName + '.' + e.getAttribute('class') + ' ' + e.textContent.slice(0, 40))""";

    /** A line needs two at least. */
    private static final int READINGS = 3;

    /** Before each reading. */
    private static final int QUERIES = 40;

    private static UpstreamDouble upstream;
    private static TestServer server;
    private static StatusClient client;
    private static Chromium browser;

    @BeforeAll
    static void start(SeedCluster cluster, @TempDir(cleanup = CleanupMode.NEVER) Path profile) throws Exception {
        assumeTrue(Chromium.isInstalled(), "chromium is not installed: the status page is not looked at");
        upstream = new UpstreamDouble().does(UpstreamDouble.address("192.0.2.1"));
        server = TestServer.start(cluster.corefile(upstream, "pods insecure", "health 127.0.0.1:0"));
        client = new StatusClient(server.server());
        browser = Chromium.start(profile);
        for (int i = 1; i <= READINGS; i++) {
            ask();
            int before = readings();
            Await.until("reading " + i, () -> readings() > before);
        }
    }

    private static void ask() throws Exception {
        for (int i = 0; i < QUERIES / 2; i++) {
            server.ask("host" + i % 7 + ".example", "A");
            server.ask("app.data.svc.cluster.local", "A");
        }
    }

    private static int readings() throws Exception {
        return client.status().path("history").path("at").size();
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable part : new AutoCloseable[] {browser, client, server, upstream}) {
            close(part);
        }
    }

    private static void close(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"light, 1280", "dark, 1280", "light, 390", "dark, 390"})
    void page_lightOrDarkWideOrNarrow_isReadable(String scheme, int width) throws Exception {
        look(scheme, width);
        open();

        assertThat(browser.evaluate(STICKING_OUT.formatted(width)).toString())
                .as("what sticks out")
                .isEqualTo("[]");
        assertThat(browser.evaluate(CONTRASTS).asString()).isEmpty();
        boolean dark = browser.evaluate("getComputedStyle(document.body).backgroundColor === 'rgb(14, 19, 24)'")
                .asBoolean();
        assertThat(dark).isEqualTo(scheme.equals("dark"));
        String image = browser.call("Page.captureScreenshot", "{\"captureBeyondViewport\":true}")
                .path("data")
                .asString();
        Files.createDirectories(PICTURES);
        Path picture = PICTURES.resolve(scheme + "-" + width + ".png");
        Files.write(picture, Base64.getDecoder().decode(image));
        assertThat(Files.size(picture)).isGreaterThan(10_000);
    }

    @Test
    void requests_allGoToThePagesOwnOrigin() throws Exception {
        look("light", 1280);
        open();
        Await.until(
                "drawn anew", () -> browser.events("Network.requestWillBeSent").size() > 4);

        List<String> urls = browser.events("Network.requestWillBeSent").stream()
                .map(event -> event.path("request").path("url").asString())
                .toList();
        assertThat(urls)
                .allMatch(url -> url.startsWith(client.origin() + "/status"))
                .contains(client.origin() + "/status.css");
        assertThat(browser.events("Log.entryAdded").toString()).isEqualTo("[]");
        assertThat(browser.events("Runtime.exceptionThrown").toString()).isEqualTo("[]");
        assertThat(browser.evaluate("fetch('http://127.0.0.1:1/').then(() => 'let through', () => 'kept')")
                        .asString())
                .isEqualTo("kept");
        assertThat(browser.events("Log.entryAdded").toString()).contains("Content Security Policy");
    }

    @Test
    void links_leadToPagesOfTheServer() throws Exception {
        open();
        JsonNode links = browser.evaluate("[...document.querySelectorAll('[href], [src]')].map(e => e.href || e.src)");

        assertThat(links.size()).isGreaterThanOrEqualTo(6);
        for (JsonNode link : links) {
            assertThat(link.asString()).startsWith(client.origin() + "/");
            String path = link.asString().substring(client.origin().length());
            assertThat(client.request("GET", path).statusCode()).as(path).isEqualTo(200);
        }
    }

    @Test
    void numbers_areThoseOfTheJson() throws Exception {
        open();
        String text = browser.evaluate("document.body.innerText").asString().replace('\u00a0', ' ');
        JsonNode status = client.status();

        assertThat(status.path("queries_total").asInt()).isEqualTo(READINGS * QUERIES);
        assertThat(text)
                .contains(
                        READINGS * QUERIES + " since the start",
                        status.path("servfail_total").asInt() + " SERVFAIL since the start",
                        status.path("cache_entries").asInt() + " responses kept",
                        status.path("services").asInt() + " services",
                        upstream.address(),
                        "All well");
        assertThat(browser.evaluate("[...document.querySelectorAll('.chain li')].map(e => e.textContent)")
                        .toString())
                .isEqualTo(status.path("block_list").get(0).path("handlers").toString());
        JsonNode lines = browser.evaluate("[...document.querySelectorAll('svg .line')].map(e => e.getAttribute('d'))");
        assertThat(lines.size()).isGreaterThanOrEqualTo(3);
        assertThat(lines).allMatch(line -> line.asString().contains("L"), "is no single dot");
    }

    @Test
    void pointer_onAPlot_tellsTheValuesThere() throws Exception {
        look("light", 1280);
        open();
        JsonNode at = browser.evaluate("""
                (() => { const box = document.querySelector('svg').getBoundingClientRect();
                  return { x: box.right - 2, y: box.top + 20 }; })()""");
        browser.call(
                "Input.dispatchMouseEvent",
                "{\"type\":\"mouseMoved\",\"x\":" + at.path("x").asDouble() + ",\"y\":"
                        + at.path("y").asDouble() + "}");

        Await.until("told", () -> readout().contains("ago: queries"));
        browser.call("Input.dispatchMouseEvent", "{\"type\":\"mouseMoved\",\"x\":2,\"y\":2}");
        Await.until("as before", () -> readout().startsWith("Now: queries"));
    }

    @Test
    void page_withoutScripts_isWhole() throws Exception {
        browser.call("Emulation.setScriptExecutionDisabled", "{\"value\":true}");
        try {
            open();
            assertThat(browser.evaluate("document.querySelectorAll('#minutes tbody tr').length")
                            .asInt())
                    .isPositive();
            assertThat(browser.evaluate("document.querySelectorAll('svg .line').length")
                            .asInt())
                    .isPositive();
            assertThat(browser.evaluate("document.getElementById('fresh').textContent")
                            .asString())
                    .isEqualTo("Read-only. ");
        } finally {
            browser.call("Emulation.setScriptExecutionDisabled", "{\"value\":false}");
        }
    }

    private static String readout() throws Exception {
        return browser.evaluate("document.querySelector('.readout').textContent")
                .asString();
    }

    private static void open() throws Exception {
        browser.open(client.origin() + "/status");
    }

    private static void look(String scheme, int width) throws Exception {
        browser.call(
                "Emulation.setDeviceMetricsOverride",
                "{\"width\":" + width + ",\"height\":900,\"deviceScaleFactor\":1,\"mobile\":" + (width < 600) + "}");
        browser.call(
                "Emulation.setEmulatedMedia",
                "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    }
}
