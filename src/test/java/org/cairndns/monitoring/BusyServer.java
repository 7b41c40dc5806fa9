package org.cairndns.monitoring;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.CountedDirectives;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestCertificate;
import org.cairndns.testing.TestServer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/**
 * A server with every directive that has metrics, to which all happens that they count: faults of upstreams, changes of the
 * cluster and of the Corefile, queries of all kinds.
 */
final class BusyServer implements AutoCloseable {
    private static final InetSocketAddress METRICS = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final Path folder;
    private final Path corefile;
    private final BusyCluster cluster;
    private final TestCertificate certificate = TestCertificate.create();
    private final String text;
    private final int healthPort = FreePort.find();
    private final TestServer server;

    BusyServer(Path folder) throws Exception {
        this.folder = folder;
        this.cluster = closing(new BusyCluster(Files.createDirectory(folder.resolve("api"))));
        this.corefile = folder.resolve("Corefile");
        this.text = corefile();
        Files.writeString(corefile, text);
        this.server = closing(TestServer.startFile(corefile));
        Await.until("synced", () -> page().contains("\ncairn_kubernetes_synced{"));
    }

    private <T extends AutoCloseable> T closing(T resource) {
        toClose.add(resource);
        return resource;
    }

    private String corefile() throws IOException {
        UpstreamDouble odd = closing(new UpstreamDouble()).does(OddUpstream::answer);
        UpstreamDouble slow = closing(new UpstreamDouble()).does(OddUpstream.slow());
        int dead;
        try (DatagramSocket nobody = new DatagramSocket(METRICS)) {
            dead = nobody.getLocalPort();
        }
        return """
                . {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0 {
                        runtime_metrics
                    }
                    errors
                    health 127.0.0.1:%HEALTH%
                    ready 127.0.0.1:0
                    timeouts {
                        read 1s
                    }
                    %ANSWERS%
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        kubeconfig "%KUBECONFIG%"
                        snapshot "%FOLDER%/cluster.snapshot"
                        pods verified
                        fallthrough in-addr.arpa ip6.arpa
                        audit 1s
                    }
                    forward . %ODD%
                    cache 30 {
                        prefetch 1 1m 90%
                        serve_stale
                    }
                    loadbalance
                    reload 2s 0s
                }
                dead.example {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0 {
                        runtime_metrics
                    }
                    forward . 127.0.0.1:%DEAD% {
                        health_check 20ms
                        max_fails 1
                    }
                }
                slow.example {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0 {
                        runtime_metrics
                    }
                    forward . %SLOW% %ODD% {
                        policy sequential
                        hedge 1%
                        max_fails 0
                    }
                }
                tls://.:0 https://.:0 {
                    bind 127.0.0.1
                    %TLS%
                    whoami
                }
                """.replace("%HEALTH%", "" + healthPort)
                        .replace("%ANSWERS%", CountedDirectives.ANSWERS.strip())
                        .replace("%KUBECONFIG%", cluster.kubeconfig().toString())
                        .replace("%FOLDER%", folder.toString())
                        .replace("%ODD%", odd.address())
                        .replace("%SLOW%", slow.address())
                        .replace("%DEAD%", "" + dead)
                        .replace("%TLS%", certificate.writeTo(folder))
                + CountedDirectives.SIX_BLOCK;
    }

    int port() {
        return server.port();
    }

    /** What a page of the health port says to a request without a body. */
    HttpResponse<String> health(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }

    int metricsPort() {
        return server.server().httpPort(METRICS);
    }

    BusyCluster cluster() {
        return cluster;
    }

    /** The metrics as they are now. */
    String page() throws IOException {
        return MetricsClient.page(server.server());
    }

    /** Has everything happen once, which takes some seconds, and returns when the metrics show it. */
    void happen() throws Exception {
        takeUp(text + "changed.example {\n    bind 127.0.0.1\n    whoami\n}\n");
        awaitSeries("coredns_reload_version_info{");
        try (BusyClient client = new BusyClient(port())) {
            client.askAll();
            // Half of these are answered by the second upstream, for half there is no budget left.
            for (int i = 0; i < 100; i++) {
                client.send("www" + i + ".slow.example", "A", false);
            }
            askEncrypted();
            cluster.change();
            try (Socket halfAQuery = new Socket("127.0.0.1", port())) {
                halfAQuery.getOutputStream().write(0);
                awaitSeries("cairn_tcp_closed_total{");
            }
            for (String series : List.of(
                    "coredns_kubernetes_dns_programming_duration_seconds_bucket{",
                    "coredns_proxy_healthcheck_failures_total{",
                    "cairn_condition{condition=\"upstream_down\"",
                    "cairn_forward_hedges_withheld_total{",
                    "cairn_forward_ignored_responses_total{",
                    "cairn_forward_case_mismatches_total{",
                    "cairn_forward_stream_retries_total{",
                    "cairn_forward_late_responses_total{",
                    "cairn_kubernetes_snapshot_writes_total{")) {
                awaitSeries(series);
            }
        }
        takeUp("nonsense {\n" + text);
        awaitSeries("cairn_condition{condition=\"corefile_rejected\"");
    }

    private void takeUp(String other) throws IOException {
        // As a whole, so that half of it is never read.
        Path next = Files.writeString(folder.resolve("Corefile.next"), other);
        Files.move(next, corefile, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits for a series that begins so, and asks upstreams meanwhile, dead ones and such that answer oddly. */
    private void awaitSeries(String start) throws Exception {
        try (BusyClient client = new BusyClient(port())) {
            Await.until(start, () -> {
                client.send("a.dead.example", "A", false);
                client.send("www" + System.nanoTime() + ".slow.example", "A", false);
                return page().lines().anyMatch(line -> line.startsWith(start));
            });
        }
    }

    private void askEncrypted() throws Exception {
        Record question = Record.newRecord(Name.fromString("a.example."), Type.A, DClass.IN);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://127.0.0.1:" + server.server().port(Scheme.HTTPS) + "/dns-query"))
                .header("content-type", "application/dns-message")
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        Message.newQuery(question).toWire()))
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(certificate.trusting()).build()) {
            client.send(request, BodyHandlers.ofByteArray());
        }
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable each : toClose.reversed()) {
            each.close();
        }
    }
}
