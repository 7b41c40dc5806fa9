package org.cairndns.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.cairndns.perf.container.ContainerFiles;
import org.cairndns.perf.container.ContainerSpec;
import org.cairndns.perf.container.Limits;
import org.cairndns.perf.container.Probe;
import org.cairndns.perf.container.ServerContainer;
import org.cairndns.testing.Await;
import org.cairndns.testing.HttpStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** The Deployments of CoreDNS that platforms install, with nothing changed but the image. */
@ExtendWith(ContainerCluster.Resolver.class)
class ImageOnlySwapTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Limits USUAL = new Limits(170, 0, -1);

    /** What a container runtime has that gives ports below 1024 to root only, as containerd did before 2.0. */
    private static final Map<String, String> OLD_RUNTIME = Map.of("net.ipv4.ip_unprivileged_port_start", "1024");

    private static final String WHOAMI = ".:53 {\n    whoami\n    health\n    ready\n}\n";

    @ParameterizedTest
    @ValueSource(strings = {"upstream addon", "kubeadm", "coredns/deployment", "k3s", "MicroK8s", "coredns/helm"})
    void stockDeployment_otherImage_doesWhatPodsAndProbesAsk(String platform, ContainerCluster cluster)
            throws Exception {
        StockDeployment stock = StockDeployment.all(cluster.nameserver()).get(platform);
        ContainerFiles files = cluster.files(stock.keys());
        try (ServerContainer container =
                ServerContainer.start(cluster.spec(files, stock.limits()), cluster.network())) {
            Probe probe = new Probe(container);
            double ready = probe.secondsUntil(stock.alive(), probe::isReady);
            assertThat(ready).as("ready; %s", container.log()).isPositive();
            String host = probe.dns().getAddress().getHostAddress();
            assertThat(HttpStatus.of(URI.create("http://" + host + ":8080/health")))
                    .isEqualTo(200);

            assertThat(cluster.smoke(probe)).as(container.log()).isZero();
            if (platform.equals("k3s")) {
                assertThat(rdata(probe.dns(), "node-1")).isEqualTo("192.0.2.10");
            }

            System.out.printf(
                    "%-18s ready after %.2f s; memory %s%n",
                    platform, ready, container.group().memory().words());
            assertThat(container.group().kills()).isZero();
            assertThat(container.stop(GRACE)).as(container.log()).isEqualTo(new ServerContainer.End(0, false));
            // Places for mounts are the only thing that the engine itself adds.
            assertThat(container.changes()).allMatch(change -> change.matches("[01] /(etc|var/?)(/.*)?"));
        }
    }

    @Test
    void configMap_replacedByTheKubelet_isTakenUp(ContainerCluster cluster) throws Exception {
        ContainerFiles files = cluster.files(Map.of("Corefile", hosts("192.0.2.1")));
        try (ServerContainer container = ServerContainer.start(cluster.spec(files, USUAL), cluster.network())) {
            Probe probe = new Probe(container);
            assertThat(probe.secondsUntil(GRACE, probe::isReady))
                    .as(container.log())
                    .isPositive();
            assertThat(rdata(probe.dns(), "live.example")).isEqualTo("192.0.2.1");

            files.configMap("coredns", Map.of("Corefile", hosts("192.0.2.2")));

            Await.until(
                    "the new answer", () -> rdata(probe.dns(), "live.example").equals("192.0.2.2"));
        }
    }

    private static String hosts(String address) {
        return ".:53 {\n    reload 2s 1s\n    ready\n    hosts {\n        " + address + " live.example\n    }\n}\n";
    }

    @Test
    void oldRuntime_imageOnly_saysWhatIsMissing(ContainerCluster cluster) throws Exception {
        ContainerSpec spec =
                cluster.spec(cluster.files(Map.of("Corefile", WHOAMI)), USUAL).with(OLD_RUNTIME);
        try (ServerContainer container = ServerContainer.start(spec, cluster.network())) {
            Await.until("says so", () -> container.log().contains("sysctl net.ipv4.ip_unprivileged_port_start"));
            assertThat(container.isRunning()).isTrue();
        }
    }

    @Test
    void oldRuntime_sysctlOfTheManifests_answers(ContainerCluster cluster) throws Exception {
        ContainerSpec spec = cluster.spec(cluster.files(Map.of("Corefile", WHOAMI)), USUAL)
                .with(Map.of("net.ipv4.ip_unprivileged_port_start", "53"));
        try (ServerContainer container = ServerContainer.start(spec, cluster.network())) {
            Probe probe = new Probe(container);
            assertThat(probe.secondsUntil(GRACE, probe::isReady))
                    .as(container.log())
                    .isPositive();
        }
    }

    private static String rdata(InetSocketAddress server, String name) {
        try {
            SimpleResolver resolver = new SimpleResolver(server);
            Message response =
                    resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), Type.A, 1)));
            return response.getSection(Section.ANSWER).isEmpty()
                    ? "none"
                    : response.getSection(Section.ANSWER).getFirst().rdataToString();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
