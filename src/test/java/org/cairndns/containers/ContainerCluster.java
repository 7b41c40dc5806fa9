package org.cairndns.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.cairndns.image.BuiltImage;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.perf.container.ContainerFiles;
import org.cairndns.perf.container.ContainerNetwork;
import org.cairndns.perf.container.ContainerSpec;
import org.cairndns.perf.container.Engine;
import org.cairndns.perf.container.Images;
import org.cairndns.perf.container.Limits;
import org.cairndns.perf.container.Probe;
import org.cairndns.server.smoke.SmokeCommand;
import org.cairndns.testing.StubUpstream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import picocli.CommandLine;

/**
 * A network of containers with an API server and an upstream in it, which all tests with containers of the run share, as a parameter of
 * their methods. Tests are skipped where there cannot be one.
 */
final class ContainerCluster implements AutoCloseable {
    /** A service that the cluster has, with the address {@link #KNOWN_ADDRESS}. */
    static final String KNOWN = "web.shop.svc.cluster.local";

    static final String KNOWN_ADDRESS = "10.152.183.77";

    /** A name outside, with the address 203.0.113.5. */
    static final String OUTSIDE = "www.example.com";

    private static final int DNS_PORT = 53;

    /** Hands out the one cluster, made for the first class of tests that wants it. */
    static final class Resolver implements BeforeAllCallback, ParameterResolver {
        @Override
        public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
            assumeTrue(
                    ApiServerProcess.assets().isPresent(),
                    "KUBEBUILDER_ASSETS names no kube-apiserver and etcd: skipped");
            String missing = Engine.missing().orElse("");
            assumeTrue(missing.isEmpty(), missing + ": skipped");
            if (store(context).get(ContainerCluster.class) == null) {
                String image = image(System.getProperty("cairn.image", ""));
                store(context).put(ContainerCluster.class, new ContainerCluster(image));
            }
        }

        private static ExtensionContext.Store store(ExtensionContext context) {
            return context.getRoot().getStore(ExtensionContext.Namespace.create(ContainerCluster.class));
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == ContainerCluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return store(context).get(ContainerCluster.class, ContainerCluster.class);
        }
    }

    private final Path work;
    private final String image;
    private final ContainerNetwork network;
    private final ApiServerProcess api;
    private final StubUpstream upstream;
    private final AtomicInteger ids = new AtomicInteger();
    private int pods;

    private ContainerCluster(String image) throws IOException {
        this.image = image;
        work = Files.createTempDirectory("container-cluster");
        Files.createDirectory(work.resolve("api"));
        network = ContainerNetwork.create();
        upstream = StubUpstream.exampleCom(new InetSocketAddress(network.gateway(), DNS_PORT));
        api = ApiServerProcess.startAt(
                nameserver(), work.resolve("api"), List.of(), "--service-cluster-ip-range=10.152.183.0/24");
        // What the ClusterRole of the stock manifests grants.
        api.grantLimited(List.of("endpoints", "services", "pods", "namespaces", "endpointslices"));
        service("kube-system", "kube-dns", "10.152.183.10", "{\"name\":\"dns\",\"port\":53,\"protocol\":\"UDP\"}");
        api.create("/api/v1/namespaces", "{\"metadata\":{\"name\":\"shop\"}}");
        service("shop", "web", KNOWN_ADDRESS, "{\"name\":\"http\",\"port\":80,\"protocol\":\"TCP\"}");
    }

    /** The image of this build, unless another one is named, which is in the engine or in a file. */
    private static String image(String given) throws IOException, InterruptedException {
        if (given.isEmpty()) {
            return Images.load(BuiltImage.tar());
        }
        return given.endsWith(".tar") ? Images.load(Path.of(given)) : given;
    }

    private void service(String namespace, String name, String address, String port) {
        api.create("/api/v1/namespaces/" + namespace + "/services", """
                {"metadata":{"name":"%s"},"spec":{"clusterIP":"%s","ports":[%s]}}
                """.formatted(name, address, port));
    }

    /** Cairn's image. */
    String image() {
        return image;
    }

    ContainerNetwork network() {
        return network;
    }

    /** A folder for files of tests. */
    Path work() {
        return work;
    }

    /** Where nameservers of the node are. */
    String nameserver() {
        return network.gateway().getHostAddress();
    }

    /** The files of one more pod, with the keys of its ConfigMap. */
    ContainerFiles files(Map<String, String> keys) throws IOException {
        ContainerFiles files = files();
        files.configMap("coredns", keys);
        files.account(api.certificate(), "limited-token");
        files.resolver("nameserver " + nameserver() + "\n");
        return files;
    }

    /** A place for the files of one more pod. */
    ContainerFiles files() {
        return new ContainerFiles(work.resolve("pod-" + ++pods));
    }

    /** A container of Cairn's image as the stock manifests have CoreDNS's. */
    ContainerSpec spec(ContainerFiles files, Limits limits) {
        InetSocketAddress address =
                new InetSocketAddress(network.gateway(), URI.create(api.url()).getPort());
        return ContainerSpec.server(image, files, address, limits);
    }

    /** Asks a server what the smoke test asks; the exit code. */
    int smoke(Probe server) {
        String address = server.dns().getAddress().getHostAddress();
        return new CommandLine(
                        new SmokeCommand(Map.of(), Path.of("/etc/resolv.conf"), ids::incrementAndGet, System.out))
                .execute("--server", address, "--outside", OUTSIDE, "--pods", address);
    }

    @Override
    public void close() throws IOException {
        api.close();
        upstream.close();
        network.close();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
