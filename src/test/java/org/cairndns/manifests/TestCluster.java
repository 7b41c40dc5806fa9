package org.cairndns.manifests;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.rules.Project;
import org.cairndns.testing.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An API server with RBAC to which manifests are applied; the kinds of the Prometheus operator are known.
 *
 * <p>Nothing runs there: Deployments have no pods.
 */
public final class TestCluster implements AutoCloseable {
    /** Accounts of our manifests, which have tokens. */
    private static final List<String> ACCOUNTS =
            List.of("kube-system:coredns", "kube-system:cairn-canary", "kube-system:node-local-dns");

    private static final Path CRDS =
            Project.root().resolve("src/test/resources").resolve("org/cairndns/manifests/crds");

    private static final String PODS = "/api/v1/namespaces/kube-system/pods";

    private final ApiServerProcess api;
    private final Kubectl kubectl;

    private TestCluster(ApiServerProcess api) {
        this.api = api;
        this.kubectl = Kubectl.at(api.kubeconfig());
    }

    /** Starts one on a local address; ends the test as skipped where there are no programs for it. */
    public static TestCluster start(String address, Path work, String... flags)
            throws IOException, InterruptedException {
        if (ApiServerProcess.assets().isEmpty()) {
            String reason = "skipped: KUBEBUILDER_ASSETS names no kube-apiserver and etcd";
            System.out.println(reason);
            return abort(reason);
        }
        TestCluster cluster = new TestCluster(ApiServerProcess.startAt(address, work, ACCOUNTS, flags));
        try {
            cluster.prepare();
            return cluster;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void prepare() throws IOException, InterruptedException {
        kubectl.output("apply", "-f", CRDS.toString());
        kubectl.output("create", "namespace", "monitoring");
        // Of the stack that MicroK8s brings.
        kubectl.output("create", "namespace", "observability");
        for (String path : List.of(
                "/apis/monitoring.coreos.com/v1/namespaces/default/servicemonitors",
                "/apis/monitoring.coreos.com/v1/namespaces/default/prometheusrules")) {
            Await.until(path + " is served", () -> serves(path));
        }
    }

    /** Whether the API has Jobs; that of the tests may not. */
    boolean servesJobs() {
        return serves("/apis/batch/v1/namespaces/default/jobs");
    }

    /** Whether there is something at a path. */
    public boolean serves(String path) {
        try {
            get(path);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    public ApiServerProcess api() {
        return api;
    }

    /** The administrator's. */
    public Kubectl kubectl() {
        return kubectl;
    }

    /** The object or list at a path. */
    public JsonNode get(String path) {
        return JsonMapper.shared().readTree(api.send("GET", path, "application/json", ""));
    }

    /** The token of a service account of the namespace {@code kube-system}. */
    public static String token(String account) {
        return ApiServerProcess.tokenOf("kube-system:" + account);
    }

    /** Removes the objects that one platform's manifests make and another's cannot change. */
    public void clear() {
        remove("/api/v1/namespaces/kube-system/services/kube-dns");
        remove("/apis/apps/v1/namespaces/kube-system/deployments/coredns");
        for (String role : List.of("coredns", "system:coredns")) {
            remove("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/" + role);
            remove("/apis/rbac.authorization.k8s.io/v1/clusterroles/" + role);
        }
        remove("/api/v1/namespaces/kube-system/configmaps/coredns");
    }

    private void remove(String path) {
        if (serves(path)) {
            api.delete(path);
        }
    }

    /** A ready pod that a Service with such a selector leads to. */
    public void addPod(String name, Map<String, String> labels, String ip) {
        String text = labels.entrySet().stream()
                .map(label -> "\"%s\":\"%s\"".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(","));
        api.create(PODS, """
                {"apiVersion":"v1","kind":"Pod","metadata":{"name":"%s","labels":{%s}},
                 "spec":{"containers":[{"name":"c","image":"cairn"}]},
                 "status":{"phase":"Running","podIP":"%s","podIPs":[{"ip":"%s"}],
                  "conditions":[{"type":"Ready","status":"True"}]}}""".formatted(name, text, ip, ip));
    }

    /** Removes a pod, if it is there. */
    public void removePod(String name) {
        remove(PODS + "/" + name);
    }

    @Override
    public void close() {
        api.close();
    }
}
