package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.PortUnreachableException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.HttpStatus;
import org.cairndns.testing.TestCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Flags;

/** Neither the log, with {@code debug} and every query in it, nor a page says what is secret; and nobody writes lines of his own. */
class SecretsTest {
    private static final String TOKEN = "eyJhbGciOi-bearer-token-of-a-service-account";

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: c
            contexts: [{name: c, context: {cluster: c, user: u}}]
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: u, user: {token: "%s"}}]
            """;

    private static final String COREFILE = """
            .:%1$d {
                debug
                errors
                log
                metadata
                prometheus 127.0.0.1:%2$d
                health 127.0.0.1:%3$d
                %4$s
                kubernetes cluster.local {
                    kubeconfig %5$s/kubeconfig c
                    startup_timeout 1ms
                }
                forward . tls://127.0.0.1:1 {
                    tls %5$s/tls.crt %5$s/tls.key
                    tls_servername localhost
                }
            }
            tls://.:%6$d {
                tls %5$s/tls.crt %5$s/tls.key
                whoami
            }
            """;

    @TempDir
    Path work;

    private int port;
    private int metrics;
    private int health;
    private int debug;
    private Path log;

    @BeforeEach
    void writeFiles() throws IOException {
        TestCertificate.create().writeTo(work);
        Files.writeString(work.resolve("kubeconfig"), KUBECONFIG.formatted(TOKEN));
        log = work.resolve("log");
        port = FreePort.find();
        metrics = FreePort.find();
        health = FreePort.find();
        debug = FreePort.find();
    }

    private ServerProcess process;

    private void start(String more) throws Exception {
        Path corefile = Files.writeString(
                work.resolve("Corefile"), COREFILE.formatted(port, metrics, health, more, work, FreePort.find()));
        process = ServerProcess.start(log, Map.of(), "-conf", corefile.toString());
        Await.until("healthy", () -> process.isAlive() && HttpStatus.of(page(health, "health")) == 200 && answers());
    }

    private boolean answers() throws IOException {
        try (UdpClient client = new UdpClient(port)) {
            return client.ask("up.example.org", "A").getHeader().getFlag(Flags.QR);
        } catch (PortUnreachableException e) {
            return false;
        }
    }

    @AfterEach
    void stop() {
        process.close();
    }

    private static URI page(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + "/" + path);
    }

    private static String text(URI page) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void logAndPages_withDebug_haveNoKeyAndNoToken() throws Exception {
        start("pprof 127.0.0.1:" + debug);
        try (UdpClient client = new UdpClient(port)) {
            client.ask("web.default.svc.cluster.local", "A");
            client.ask("www.example.org", "A");
        }
        List<String> texts = new ArrayList<>();
        texts.add(text(page(metrics, "metrics")));
        texts.add(text(page(health, "status")));
        texts.add(text(page(health, "status.json")));
        for (String path : List.of("", "goroutine", "heap", "cmdline")) {
            if (HttpStatus.of(page(debug, "debug/pprof/" + path)) == 200) {
                texts.add(text(page(debug, "debug/pprof/" + path)));
            }
        }
        assertThat(texts).hasSizeGreaterThan(4);
        process.stop();
        texts.add(Files.readString(log));

        List<String> secrets = new ArrayList<>(List.of(TOKEN, "PRIVATE KEY"));
        Files.readAllLines(work.resolve("tls.key")).stream()
                .filter(line -> line.length() > 20 && !line.startsWith("-"))
                .forEach(secrets::add);
        assertThat(secrets).hasSizeGreaterThan(2);
        for (String secret : secrets) {
            assertThat(texts).noneMatch(text -> text.contains(secret));
        }
        assertThat(texts.getLast()).as("queries are in the log").contains("www.example.org");
    }

    @Test
    void log_nameWithControlCharacters_staysOnItsLine() throws Exception {
        start("");
        try (UdpClient client = new UdpClient(port)) {
            client.ask("a\\010[ERROR]\\032forged\\027[31m\\013.example.org", "A");
        }
        process.stop();

        List<String> lines = Files.readAllLines(log);
        assertThat(lines).anyMatch(line -> line.contains("forged"));
        assertThat(lines).noneMatch(line -> line.startsWith("[ERROR] forged"));
        assertThat(Files.readString(log).chars()).noneMatch(c -> c == 27 || c == 13);
    }

    @Test
    void debugPages_withoutTheDirective_areNowhere() throws Exception {
        start("");

        assertThat(HttpStatus.of(page(metrics, "debug/pprof/"))).isEqualTo(404);
        assertThat(HttpStatus.of(page(health, "debug/pprof/"))).isEqualTo(404);
    }
}
