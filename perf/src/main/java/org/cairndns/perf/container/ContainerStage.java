package org.cairndns.perf.container;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cairndns.perf.compare.Churn;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.ControlPlane;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.QueryFiles;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.sample.SampleCluster;
import org.cairndns.perf.sample.SampleService;
import org.cairndns.perf.sample.Upstream;

/** A made-up cluster whose API and upstream are in the network of containers, with the files that pods get. */
final class ContainerStage implements AutoCloseable {
    /** The one that Kubernetes itself comes with. */
    private static final String COREFILE = """
            .:53 {
                errors
                health {
                    lameduck 5s
                }
                ready
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl %d
                }
                prometheus :9153
                forward . /etc/resolv.conf {
                    max_concurrent 1000
                }
                cache 30
                loop
                reload
                loadbalance
            }
            """;

    private static final int TTL_SECONDS = 30;
    private static final int CHANGES_PER_SECOND = 200;

    private final Path folder;
    private final List<SampleService> cluster;
    private final ContainerNetwork network;
    private final Upstream upstream;
    private final ControlPlane api;
    private final ContainerFiles files;
    private int reloads;

    private ContainerStage(
            Path folder, List<SampleService> cluster, ContainerNetwork network, Upstream upstream, ControlPlane api) {
        this.folder = folder;
        this.cluster = cluster;
        this.network = network;
        this.upstream = upstream;
        this.api = api;
        this.files = new ContainerFiles(folder.resolve("pod"));
    }

    /** Starts all of it, and loads the cluster. */
    static ContainerStage set(Setting setting, ClusterSize size) throws IOException, InterruptedException {
        List<SampleService> cluster = SampleCluster.services(size.services, size.endpoints);
        Path folder = Files.createTempDirectory("perf-container");
        ContainerNetwork network = ContainerNetwork.create();
        try {
            Upstream upstream = Upstream.startAt(new InetSocketAddress(network.gateway(), Probe.DNS_PORT));
            ControlPlane api = ControlPlane.start(
                    setting.assets.orElseThrow(), folder.resolve("api"), setting.cores(), network.gateway(), cluster);
            ContainerStage stage = new ContainerStage(folder, cluster, network, upstream, api);
            stage.layFiles();
            return stage;
        } catch (IOException | InterruptedException | RuntimeException e) {
            network.close();
            throw e;
        }
    }

    private void layFiles() throws IOException {
        files.configMap("coredns", Map.of("Corefile", COREFILE.formatted(TTL_SECONDS)));
        files.account(api.certificates().resolve("apiserver.crt"), ControlPlane.TOKEN);
        files.resolver("nameserver " + network.gateway().getHostAddress() + "\n");
    }

    /** A server of an image with these limits, as the stock manifests start it. */
    ContainerSpec spec(String image, Limits limits) {
        InetSocketAddress address =
                new InetSocketAddress(network.gateway(), api.url().getPort());
        return ContainerSpec.server(image, files, address, limits);
    }

    /** Replaces the Corefile, in a way that its reader has to take all of it anew, and says so. */
    void reload(ServerContainer container) {
        reloads++;
        files.configMap("coredns", Map.of("Corefile", COREFILE.formatted(TTL_SECONDS + reloads)));
        container.signal("USR1");
    }

    /** A name that a server which knows the cluster has an address for. */
    String knownName() {
        return cluster.getFirst().dnsName();
    }

    /** A file with the queries of a mix. */
    Path queries(Mix mix, long seed) throws IOException {
        return new QueryFiles(folder, cluster, seed).file(mix);
    }

    /** Starts to change the cluster, which can be done once. */
    Churn churn(long seed) {
        return Churn.start(api.api(), cluster, CHANGES_PER_SECOND, seed);
    }

    /** A folder for more. */
    Path folder() {
        return folder;
    }

    ControlPlane api() {
        return api;
    }

    ContainerNetwork network() {
        return network;
    }

    @Override
    public void close() throws IOException {
        api.close();
        upstream.close();
        network.close();
        Setting.delete(folder);
    }
}
