package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.acceptance.Messages.answerTypes;
import static org.cairndns.acceptance.Messages.answers;
import static org.cairndns.acceptance.Messages.rcode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;

/** Rows of the conformance tests that change the configuration, a service's type, or the size of the cluster. */
@ExtendWith(SeedCluster.Resolver.class)
class DnsConfigChecklistTest {
    private static final int SERVICES = 10_000;
    private static final int LOADERS = 4;

    @TempDir
    Path work;

    @Test
    void t09_externalName_changedThenMadeAService_seenWithoutAnOldAnswer(SeedCluster cluster) throws Exception {
        SeedApi objects = cluster.objects();
        objects.namespace("dns-9");
        objects.externalName("dns-9", "ext", "foo.example.com");
        String qname = "ext.dns-9.svc.cluster.local";
        String path = SeedApi.services("dns-9") + "/ext";
        try (UpstreamDouble upstream = new UpstreamDouble();
                TestServer server = TestServer.start(cluster.corefile(upstream));
                UdpClient client = new UdpClient(server.port())) {
            assertThat(answers(client.ask(qname, "CNAME"))).containsExactly("foo.example.com.");

            cluster.api().patch(path, "{\"spec\":{\"externalName\":\"bar.example.com\"}}");
            Await.until("renamed", () -> answers(client.ask(qname, "CNAME")).equals(List.of("bar.example.com.")));

            cluster.api().patch(path, """
                    {"spec":{"type":"ClusterIP","externalName":null,"clusterIP":"10.152.183.92","clusterIPs":["10.152.183.92"],
                     "ports":[%s]}}""".formatted(SeedApi.HTTP));
            Await.until("a service", () -> answers(client.ask(qname, "A")).equals(List.of("10.152.183.92")));
            assertThat(answers(client.ask(qname, "CNAME"))).isEmpty();
        }
    }

    @Test
    void t11_serverOfTheTestsThemselves_answersExactlyOneAddress() throws Exception {
        try (TestServer server = TestServer.start("""
                        . {
                            bind 127.0.0.1
                            hosts {
                                192.0.2.123 test.name
                            }
                            log
                        }
                        """);
                UdpClient client = new UdpClient(server.port())) {
            assertThat(answers(client.ask("test.name", "A"))).containsExactly("192.0.2.123");
        }
    }

    @Test
    void t16_stubDomainInTheCorefile_resolvesAndIsGoneAfterwards(SeedCluster cluster) throws Exception {
        Path corefile = work.resolve("Corefile");
        try (UpstreamDouble upstream = new UpstreamDouble().does(UpstreamDouble.rcode(3));
                UpstreamDouble acme = new UpstreamDouble().does(UpstreamDouble.address("198.51.100.9"))) {
            String stock = cluster.corefile(upstream);
            Files.writeString(corefile, stock);
            try (TestServer server = TestServer.startFile(corefile);
                    UdpClient client = new UdpClient(server.port())) {
                List<String> names = List.of("abc.acme.local", "def.acme.local", "widget.local");
                for (String name : names) {
                    assertThat(rcode(client.ask(name, "A"))).isEqualTo("NXDOMAIN");
                }
                Files.writeString(corefile, stock + """
                        acme.local {
                            bind 127.0.0.1
                            forward . %s
                        }
                        widget.local {
                            bind 127.0.0.1
                            forward . %s
                        }
                        """.formatted(acme.address(), acme.address()));
                assertThat(server.server().reload()).isTrue();
                for (String name : names) {
                    assertThat(answers(client.ask(name, "A"))).as(name).containsExactly("198.51.100.9");
                }
                assertThat(answers(client.ask("dual.data.svc.cluster.local", "A")))
                        .containsExactly("10.152.183.20");
                assertThat(rcode(client.ask("acme.local.example", "A"))).isEqualTo("NXDOMAIN");

                Files.writeString(corefile, stock);
                assertThat(server.server().reload()).isTrue();
                for (String name : names) {
                    assertThat(rcode(client.ask(name, "A"))).isEqualTo("NXDOMAIN");
                }
            }
        }
    }

    @Test
    void t18_externalNameThroughTheForwarder_exactlyAliasAndAddress(SeedCluster cluster) throws Exception {
        SeedApi objects = cluster.objects();
        objects.namespace("dns-18");
        objects.externalName("dns-18", "google", "dns.google.example");
        try (UpstreamDouble upstream = new UpstreamDouble().does(UpstreamDouble.address("198.51.100.8"));
                TestServer server = TestServer.start(cluster.corefile(upstream));
                UdpClient client = new UdpClient(server.port())) {
            Message response = client.ask("google.dns-18.svc.cluster.local", "A");

            assertThat(answerTypes(response)).containsExactly("CNAME", "A");
            assertThat(answers(response)).containsExactly("dns.google.example.", "198.51.100.8");
        }
    }

    @Test
    void t19_tenThousandServices_everyTwentiethHasExactlyItsAddress() throws Exception {
        try (TestApi api =
                TestApis.start(Files.createDirectory(work.resolve("api")), "--service-cluster-ip-range=10.96.0.0/12")) {
            SeedApi objects = new SeedApi(api);
            objects.namespace("scale-0");
            objects.namespace("scale-1");
            try (TestServer server = TestServer.start("""
                            . {
                                bind 127.0.0.1
                                kubernetes cluster.local {
                                    kubeconfig "%s"
                                }
                            }
                            """.formatted(api.kubeconfig()));
                    UdpClient client = new UdpClient(server.port())) {
                long startNanos = System.nanoTime();
                load(objects);
                System.out.printf(
                        "T19: %d services made in %d ms%n", SERVICES, (System.nanoTime() - startNanos) / 1_000_000);
                for (int i = 0; i < SERVICES; i += 20) {
                    int number = i;
                    Await.until(
                            "known " + i,
                            () -> answers(client.ask(name(number), "A")).equals(List.of(address(number))));
                }
            }
        }
    }

    private static void load(SeedApi objects) throws Exception {
        try (ExecutorService loaders = Executors.newFixedThreadPool(LOADERS)) {
            List<Future<?>> loads = new ArrayList<>();
            for (int loader = 0; loader < LOADERS; loader++) {
                int first = loader;
                loads.add(loaders.submit(() -> {
                    for (int i = first; i < SERVICES; i += LOADERS) {
                        objects.service("scale-" + i % 2, "svc-" + i, SeedApi.HTTP, address(i));
                    }
                }));
            }
            for (Future<?> load : loads) {
                load.get();
            }
        }
    }

    private static String name(int number) {
        return "svc-" + number + ".scale-" + number % 2 + ".svc.cluster.local";
    }

    private static String address(int number) {
        return "10.100." + number / 250 + "." + (1 + number % 250);
    }
}
