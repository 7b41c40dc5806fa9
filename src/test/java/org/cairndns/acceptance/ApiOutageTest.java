package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.testing.Await;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

/** A server whose API is not there, comes, goes away and comes back. */
class ApiOutageTest {
    private static final String SERVICE = "web.default.svc.cluster.local";
    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @TempDir
    Path work;

    @Test
    void api_awayAtTheStart_clusterNamesFailUntilItComes() throws Exception {
        try (TestApi api = TestApis.start(work, "--service-cluster-ip-range=10.152.183.0/24");
                StubUpstream upstream = StubUpstream.exampleCom(new InetSocketAddress("127.0.0.1", 0))) {
            createService(api, "web", "10.152.183.20");
            api.kill();
            try (TestServer server = TestServer.start(corefile(api.kubeconfig(), upstream))) {
                // A denial would be remembered by clients, a failure is asked again.
                assertThat(rcode(server, SERVICE)).isEqualTo("SERVFAIL");
                assertThat(rcode(server, "nope.default.svc.cluster.local")).isEqualTo("SERVFAIL");
                assertThat(rcode(server, "www.example.com")).isEqualTo("NOERROR");
                assertThat(ready(server)).isEqualTo(503);

                api.restart();

                Await.until("the service is known", () -> rcode(server, SERVICE).equals("NOERROR"));
                Await.until("ready", () -> ready(server) == 200);
                assertThat(rcode(server, "nope.default.svc.cluster.local")).isEqualTo("NXDOMAIN");
            }
        }
    }

    @Test
    void api_goesAwayAndComesBack_answersStayThenFollow() throws Exception {
        try (TestApi api = TestApis.start(work, "--service-cluster-ip-range=10.152.183.0/24");
                StubUpstream upstream = StubUpstream.exampleCom(new InetSocketAddress("127.0.0.1", 0))) {
            createService(api, "web", "10.152.183.20");
            try (TestServer server = TestServer.start(corefile(api.kubeconfig(), upstream))) {
                assertThat(rcode(server, SERVICE)).isEqualTo("NOERROR");

                api.kill();
                assertThat(rcode(server, SERVICE)).isEqualTo("NOERROR");
                assertThat(rcode(server, "later.default.svc.cluster.local")).isEqualTo("NXDOMAIN");
                assertThat(ready(server)).isEqualTo(200);

                api.restart();
                createService(api, "later", "10.152.183.21");
                api.delete(SERVICES + "/web");
                Await.until(
                        "the new service is known",
                        () -> address(server, "later.default.svc.cluster.local").equals("10.152.183.21"));
                Await.until(
                        "the old service is gone", () -> rcode(server, SERVICE).equals("NXDOMAIN"));
            }
        }
    }

    @Test
    void kubeconfig_thatPointsNowhere_isNoReasonNotToServe() throws Exception {
        Path kubeconfig = work.resolve("kubeconfig");
        Files.writeString(kubeconfig, """
                apiVersion: v1
                kind: Config
                current-context: nowhere
                contexts: [{name: nowhere, context: {cluster: nowhere, user: nobody}}]
                clusters: [{name: nowhere, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: nobody, user: {token: none}}]
                """);
        try (StubUpstream upstream = StubUpstream.exampleCom(new InetSocketAddress("127.0.0.1", 0));
                TestServer server = TestServer.start(corefile(kubeconfig, upstream))) {
            assertThat(rcode(server, SERVICE)).isEqualTo("SERVFAIL");
            assertThat(rcode(server, "www.example.com")).isEqualTo("NOERROR");
        }
    }

    private static String corefile(Path kubeconfig, StubUpstream upstream) {
        return """
                . {
                    bind 127.0.0.1
                    errors
                    ready 127.0.0.1:0
                    kubernetes cluster.local {
                        kubeconfig "%s"
                        startup_timeout 1s
                    }
                    forward . 127.0.0.1:%d
                    cache 30
                }
                """.formatted(kubeconfig, upstream.address().getPort());
    }

    private static void createService(TestApi api, String name, String clusterIp) {
        api.create(SERVICES, """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s", "namespace": "default"},
                 "spec": {"clusterIP": "%s", "clusterIPs": ["%s"], "ports": [{"name": "http", "port": 80, "protocol": "TCP"}]}}
                """.formatted(name, clusterIp, clusterIp));
    }

    private static String rcode(TestServer server, String qname) {
        try {
            return Rcode.string(server.ask(qname, "A").getRcode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String address(TestServer server, String qname) {
        try {
            var answers = server.ask(qname, "A").getSection(Section.ANSWER);
            return answers.isEmpty() ? "" : answers.getFirst().rdataToString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int ready(TestServer server) {
        int port = server.server().httpPort(new InetSocketAddress("127.0.0.1", 0));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready"))
                .build();
        try {
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }
}
