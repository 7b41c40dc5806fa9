package org.cairndns.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cairndns.acceptance.SeedApi.Endpoint;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.kubernetes.testing.TcpProxy;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A cluster like a homelab's in an API server that all tests of the run share, as a parameter of their methods.
 *
 * <p>Tests that change something do so in a namespace of their own.
 */
final class SeedCluster implements AutoCloseable {
    /** Hands out the one cluster, made when the first test wants it. */
    static final class Resolver implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == SeedCluster.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(SeedCluster.class))
                    .getOrComputeIfAbsent(SeedCluster.class);
        }
    }

    private final Path work;
    private final TestApi api;
    private final SeedApi objects;

    SeedCluster() {
        try {
            work = Files.createTempDirectory("seed-cluster");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        api = TestApis.start(work, "--service-cluster-ip-range=10.152.183.0/24,fd00:1234::/108");
        objects = new SeedApi(api);
        if (api instanceof ApiServerDouble) {
            // A real API server has it by itself.
            objects.service("default", "kubernetes", SeedApi.port("https", 443), "10.152.183.1");
        }
        createData();
        createWide();
        createOthers();
    }

    private void createData() {
        objects.namespace("data");
        objects.service(
                "data", "dual", SeedApi.HTTP + "," + SeedApi.port("metrics", 9090), "10.152.183.20", "fd00:1234::20");
        objects.service("data", "app", SeedApi.HTTP, "10.152.183.23");
        String redis = SeedApi.port("redis", 6379);
        objects.headless("data", "redis", redis);
        objects.slice(
                "data",
                "redis",
                "4",
                redis,
                List.of(
                        Endpoint.named("10.1.0.11", "redis-0"),
                        Endpoint.named("10.1.0.12", "redis-1"),
                        new Endpoint("10.1.0.13", "redis-2", false)));
        objects.slice("data", "redis", "6", redis, List.of(Endpoint.named("fd00:10::11", "redis-0")));
        String epmd = SeedApi.port("epmd", 4369);
        objects.headless("data", "rabbit-nodes", epmd);
        objects.slice("data", "rabbit-nodes", "a", epmd, rabbits("rabbit-"));
        objects.service("data", "rabbit", SeedApi.port("amqp", 5672), "10.152.183.30");
        objects.slice("data", "rabbit", "a", SeedApi.port("amqp", 5672), rabbits(""));
    }

    private static List<Endpoint> rabbits(String hostnamePrefix) {
        return Stream.of(0, 1, 2)
                .map(i -> Endpoint.named("10.1.0.3" + (1 + i), hostnamePrefix.isEmpty() ? "" : hostnamePrefix + i))
                .toList();
    }

    /** Headless services with more endpoints than a message over UDP holds. */
    private void createWide() {
        objects.namespace("wide");
        objects.headless("wide", "sixty", SeedApi.HTTP);
        objects.slice("wide", "sixty", "a", SeedApi.HTTP, SeedApi.endpoints("10.60", 0, 60));
        String metrics = SeedApi.port("metrics", 9100);
        objects.headless("wide", "node-exporter", metrics);
        objects.slice("wide", "node-exporter", "a", metrics, SeedApi.endpoints("10.61", 0, 200));
    }

    private void createOthers() {
        objects.namespace("iot");
        objects.service("iot", "mosquitto", SeedApi.port("mqtt", 1883), "10.152.183.50");
        objects.namespace("db");
        String postgres = SeedApi.port("postgres", 5432);
        objects.service("db", "pg-rw", postgres, "10.152.183.60");
        objects.headless("db", "pg", postgres);
        objects.slice(
                "db",
                "pg",
                "a",
                postgres,
                List.of(
                        Endpoint.named("10.1.2.1", "pg-0"),
                        Endpoint.named("10.1.2.2", "pg-1"),
                        Endpoint.named("10.1.2.3", "pg-2")));
        objects.namespace("test-1");
        objects.service("test-1", "svc-1-a", SeedApi.HTTP, "10.152.183.70");
        objects.pod("test-1", "client", "127.0.0.9");
    }

    /** To make and change objects. */
    SeedApi objects() {
        return objects;
    }

    TestApi api() {
        return api;
    }

    int apiPort() {
        return URI.create(api.url()).getPort();
    }

    /** A kubeconfig that leads to the API. */
    Path kubeconfig() {
        return api.kubeconfig();
    }

    /** A kubeconfig that leads to the API through a proxy in front of it. */
    Path kubeconfigBy(TcpProxy proxy) throws IOException {
        return proxy.kubeconfig(api.kubeconfig());
    }

    /** The stock Corefile on loopback, with this upstream. */
    String corefile(UpstreamDouble upstream) {
        return corefile(upstream, "pods insecure", "");
    }

    /** The stock Corefile with another {@code pods} line, and directives more. */
    String corefile(UpstreamDouble upstream, String pods, String directives) {
        return """
                . {
                    bind 127.0.0.1
                    errors
                    %s
                    ready 127.0.0.1:0
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        kubeconfig "%s"
                        %s
                        fallthrough in-addr.arpa ip6.arpa
                        ttl 30
                    }
                    prometheus 127.0.0.1:0
                    forward . %s
                    cache 30
                    loadbalance
                }
                """.formatted(directives, api.kubeconfig(), pods, upstream.address());
    }

    @Override
    public void close() throws IOException {
        api.close();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
