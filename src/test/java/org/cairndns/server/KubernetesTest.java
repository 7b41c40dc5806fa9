package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.corefile.CorefileException;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;

class KubernetesTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @TempDir
    private Path folder;

    private ApiServerDouble api;
    private Path corefile;

    @BeforeEach
    void startApi() throws IOException {
        api = ApiServerDouble.start(Files.createDirectory(folder.resolve("api")));
        corefile = folder.resolve("Corefile");
        api.create(SERVICES, """
                {"metadata": {"name": "web"}, "spec": {"clusterIP": "10.96.1.10"}}""");
        api.create(SERVICES, """
                {"metadata": {"name": "alias"},
                 "spec": {"type": "ExternalName", "externalName": "probe.example.org"}}""");
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void query_fromTheFirstOneOn_answeredFromTheCluster() throws Exception {
        write(block("ttl 30"));
        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("NOERROR 10.96.1.10");
            assertThat(ask(server, "nope.default.svc.cluster.local")).isEqualTo("NXDOMAIN");
            assertThat(ask(server, "alias.default.svc.cluster.local"))
                    .isEqualTo("NOERROR probe.example.org. 127.0.0.1");
        }
    }

    @Test
    void reload_otherTtl_keepsTheWatches() throws Exception {
        write(block("ttl 30"));
        try (TestServer server = TestServer.startFile(corefile)) {
            write(block("ttl 60"));
            assertThat(server.server().reload()).isTrue();

            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("NOERROR 10.96.1.10");
            assertThat(lists("services")).isEqualTo(1);
            api.create(SERVICES, """
                    {"metadata": {"name": "new"}, "spec": {"clusterIP": "10.96.1.11"}}""");
            Await.until(
                    "the watch goes on",
                    () -> ask(server, "new.default.svc.cluster.local").equals("NOERROR 10.96.1.11"));
        }
    }

    @Test
    void reload_otherSource_waitsUntilItIsRead() throws Exception {
        write(block("ttl 30"));
        try (TestServer server = TestServer.startFile(corefile)) {
            write(block("labels app=web"));
            assertThat(server.server().reload()).isTrue();

            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("NXDOMAIN");
            assertThat(api.requests()).anyMatch(request -> request.contains("labelSelector=app%3Dweb"));
        }
    }

    @Test
    void reload_faultyCorefile_clusterStaysAndIsClosedInTheEnd() throws Exception {
        write(block("ttl 30"));
        try (TestServer server = TestServer.startFile(corefile)) {
            write(block("ttl x"));
            assertThat(server.server().reload()).isFalse();
            write(block("ttl 30") + "example.org {\n    nonsense\n}\n");
            assertThat(server.server().reload()).isFalse();

            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("NOERROR 10.96.1.10");
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .as("threads that read a cluster")
                .noneMatch(thread -> thread.getName().startsWith("kubernetes-"));
    }

    @Test
    void start_severalBlocksWithOneSource_shareItsWatches() throws Exception {
        write(block("ttl 30") + "other.local {\n    bind 127.0.0.1\n    kubernetes {\n        kubeconfig "
                + api.kubeconfig() + "\n        pods insecure\n    }\n}\n");
        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("NOERROR 10.96.1.10");
            assertThat(ask(server, "web.default.svc.other.local")).isEqualTo("NOERROR 10.96.1.10");
            assertThat(lists("services")).isEqualTo(1);
        }
    }

    @Test
    void start_apiAway_servesAllOthersAndTheClusterOnceItIsBack() throws Exception {
        api.kill();
        write(block("startup_timeout 100ms"));
        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("SERVFAIL");
            assertThat(ask(server, "probe.example.org")).isEqualTo("NOERROR 127.0.0.1");
            api.restart();
            Await.until(
                    "cluster read",
                    () -> ask(server, "web.default.svc.cluster.local").equals("NOERROR 10.96.1.10"));
        }
    }

    @Test
    void start_twoSourcesWithOneSnapshot_isAFaultOfTheCorefile() throws Exception {
        String other = "other.local {\n    bind 127.0.0.1\n    kubernetes {\n        kubeconfig " + api.kubeconfig()
                + "\n        labels app=web\n        snapshot %s\n    }\n}\n";
        String kept = folder.resolve("kept").toString();
        write(block("snapshot " + kept) + other.formatted(kept));

        assertThatThrownBy(() -> TestServer.startFile(corefile))
                .isInstanceOf(CorefileException.class)
                .hasMessageContaining(corefile + ":17:9: 'snapshot': " + kept + " is that of another 'kubernetes'");

        write(block("snapshot " + kept)
                + other.formatted(kept + "-2")
                + other.formatted(kept).replace("other", "third").replace("        labels app=web\n", ""));
        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(ask(server, "web.default.svc.third.local")).isEqualTo("NOERROR 10.96.1.10");
            assertThat(server.server().reload()).isTrue();
        }
        assertThat(folder.resolve("kept")).exists();
        assertThat(folder.resolve("kept-2")).exists();
    }

    @Test
    void start_kubeconfigMissing_waitsForIt() throws Exception {
        byte[] kubeconfig = Files.readAllBytes(api.kubeconfig());
        Files.delete(api.kubeconfig());
        write(block("ttl 30"));

        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(ask(server, "web.default.svc.cluster.local")).isEqualTo("SERVFAIL");

            Files.write(api.kubeconfig(), kubeconfig);

            Await.until(
                    "the cluster is read",
                    () -> ask(server, "web.default.svc.cluster.local").startsWith("NOERROR"));
        }
    }

    private String block(String property) {
        return """
                cluster.local {
                    bind 127.0.0.1
                    kubernetes {
                        kubeconfig %s
                        %s
                    }
                }
                example.org {
                    bind 127.0.0.1
                    whoami
                }
                """.formatted(api.kubeconfig(), property);
    }

    private void write(String text) throws IOException {
        Files.writeString(corefile, text);
    }

    private long lists(String plural) {
        return api.requests().stream()
                .filter(request -> request.contains("/" + plural + "?") && !request.contains("watch=true"))
                .count();
    }

    private static String ask(TestServer server, String qname) {
        try {
            Message response = server.ask(qname, "A");
            StringBuilder text = new StringBuilder(Rcode.string(response.getRcode()));
            for (int section : new int[] {Section.ANSWER, Section.ADDITIONAL}) {
                response.getSection(section).stream()
                        .filter(record -> !(record instanceof org.xbill.DNS.SRVRecord))
                        .forEach(record -> text.append(' ').append(record.rdataToString()));
            }
            return text.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
