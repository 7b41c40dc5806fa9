package org.cairndns.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.kubernetes.testing.TestApi;

/** A Kubernetes API with the commands kubectl and helm for it. */
final class LiveCluster implements AutoCloseable {
    private final TestApi api;
    private final Path kubectl;

    private LiveCluster(TestApi api, Path kubectl) {
        this.api = api;
        this.kubectl = kubectl;
    }

    /** Starts an API; ends the tests as skipped where there is none. */
    static LiveCluster start(Path work) {
        String reason = "skipped: KUBEBUILDER_ASSETS names no kube-apiserver and etcd";
        if (ApiServerProcess.assets().isEmpty()) {
            System.out.println(reason);
        }
        assumeTrue(ApiServerProcess.assets().isPresent(), reason);
        Path kubectl = Tool.find("kubectl", "changes in a cluster need kubectl, which is not installed");
        return new LiveCluster(ApiServerProcess.start(work), kubectl);
    }

    /** What kubectl says; it must succeed. */
    String kubectl(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(kubectl.toString()));
        command.addAll(List.of(arguments));
        Tool.Outcome outcome = Tool.run(environment(), input, command);
        assertThat(outcome.exit())
                .as("kubectl %s%n%s", List.of(arguments), outcome.text())
                .isZero();
        return outcome.text();
    }

    Tool.Outcome helm(String... arguments) {
        return Helm.run(environment(), List.of(arguments));
    }

    /** A value of an object of kube-system by its JSONPath. */
    String value(String object, String path) {
        return kubectl("", "-n", "kube-system", "get", object, "-o", "jsonpath={" + path + "}");
    }

    private Map<String, String> environment() {
        return Map.of("KUBECONFIG", api.kubeconfig().toString());
    }

    @Override
    public void close() {
        api.close();
    }
}
