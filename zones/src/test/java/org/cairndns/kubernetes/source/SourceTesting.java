package org.cairndns.kubernetes.source;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.testing.Await;

/** What the tests of {@link ApiSource} share. */
final class SourceTesting {
    /** Timings by which everything that takes minutes in a cluster takes moments. */
    static final ApiTimings QUICK = new ApiTimings(
            Duration.ofSeconds(2),
            Duration.ofMillis(1500),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMinutes(5));

    /** The kinds that every API has. */
    static final Set<ObjectKind> ALL =
            Set.of(ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.NAMESPACE, ObjectKind.POD);

    private SourceTesting() {}

    static ApiSource start(Path kubeconfig, ClusterModel model, ApiSourceOptions options)
            throws ClusterConfigException {
        return start(ApiAccess.kubeconfig(kubeconfig, ""), model, options, RequestObserver.NONE);
    }

    static ApiSource start(ApiAccess access, ClusterModel model, ApiSourceOptions options, RequestObserver observer)
            throws ClusterConfigException {
        ApiSource source = new ApiSource(access, options, observer, new Random(1));
        source.start(model);
        return source;
    }

    static ApiSourceOptions options(Set<ObjectKind> kinds, ApiTimings timings) {
        return new ApiSourceOptions(kinds, Map.of(), "Cairn/test", timings);
    }

    static void awaitSynced(ApiSource source) {
        Await.until("synced", () -> source.status().synced() && source.status().connected());
    }

    static int port(TestApi api) {
        return URI.create(api.url()).getPort();
    }

    static String service(String name, String clusterIp) {
        return """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s"},
                 "spec": {"clusterIP": "%s", "ports": [{"name": "http", "port": 80}]}}
                """.formatted(name, clusterIp);
    }

    static String namespace(String name) {
        return """
                {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "%s"}}
                """.formatted(name);
    }

    static String slice(String name, String service, String endpoints) {
        return """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice",
                 "metadata": {"name": "%s", "labels": {"kubernetes.io/service-name": "%s"}},
                 "addressType": "IPv4", "endpoints": %s, "ports": [{"name": "http", "protocol": "TCP", "port": 8080}]}
                """.formatted(name, service, endpoints);
    }

    static String serviceImport(String name, String ip) {
        return """
                {"apiVersion": "multicluster.x-k8s.io/v1alpha1", "kind": "ServiceImport", "metadata": {"name": "%s"},
                 "spec": {"type": "ClusterSetIP", "ips": ["%s"], "ports": [{"name": "http", "port": 80}]}}
                """.formatted(name, ip);
    }

    static String pod(String name, String address) {
        return """
                {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "%s"},
                 "spec": {"containers": [{"name": "main", "image": "none"}]},
                 "status": {"phase": "Running", "podIP": "%s", "podIPs": [{"ip": "%s"}]}}
                """.formatted(name, address, address);
    }
}
