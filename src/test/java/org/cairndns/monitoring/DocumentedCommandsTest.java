package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What runbooks and pages rely on, against an API with our manifests and a server that knows it. */
class DocumentedCommandsTest {
    @TempDir
    private static Path folder;

    private static ApiServerProcess api;

    @BeforeAll
    static void apply() throws Exception {
        Command.require("kubectl", "running the commands of runbooks");
        String reason = "skipped: KUBEBUILDER_ASSETS names no kube-apiserver and etcd";
        boolean there = ApiServerProcess.assets().isPresent();
        if (!there) {
            System.out.println(reason);
        }
        assumeTrue(there, reason);
        api = ApiServerProcess.start(
                Files.createDirectory(folder.resolve("api")), "--service-cluster-ip-range=10.152.183.0/24");
        shell("kubectl apply -k " + Documents.root().resolve("deploy/k8s/overlays/microk8s"))
                .requireSuccess();
    }

    @AfterAll
    static void stop() {
        if (api != null) {
            api.close();
        }
    }

    private static Command.Result shell(String line) {
        return Command.run(folder, Map.of("KUBECONFIG", api.kubeconfig().toString()), List.of("sh", "-c", line));
    }

    private static List<String> digs() throws Exception {
        List<String> lines = new ArrayList<>();
        for (Path page : RunbooksTest.pages()) {
            for (String block : RunbooksTest.blocks(page, "sh")) {
                block.lines().filter(line -> line.startsWith("dig ")).forEach(lines::add);
            }
        }
        return lines.stream().distinct().toList();
    }

    @Test
    void kubectl_rights_areThoseThatTheServerHas() {
        assertThat(shell("kubectl auth can-i list services --all-namespaces"
                                + " --as=system:serviceaccount:kube-system:coredns")
                        .output())
                .endsWith("yes\n");
    }

    @Test
    void dig_everyLineOfRunbooks_getsAnAnswer() throws Exception {
        Command.require("dig", "running the commands of runbooks");
        try (UpstreamDouble upstream = new UpstreamDouble();
                TestServer server = TestServer.start("""
                        . {
                            bind 127.0.0.1
                            prometheus 127.0.0.1:0
                            kubernetes cluster.local {
                                kubeconfig "%s"
                            }
                            forward . %s
                        }
                        """.formatted(api.kubeconfig(), upstream.address()))) {
            Await.until("synced", () -> MetricsClient.page(server.server()).contains("cairn_kubernetes_synced{"));
            List<String> lines = digs();

            assertThat(lines).hasSizeGreaterThan(1);
            for (String line : lines) {
                // A busy machine is no dead server.
                String here = line.replace("@10.152.183.10", "@127.0.0.1 -p " + server.port())
                        .replaceAll("\\+time=\\d+", "+time=20");
                assertThat(shell(here).requireSuccess().output()).contains("status: NOERROR", "ANSWER SECTION");
            }
        }
    }

    @Test
    void overlay_statusService_isTaken() {
        Path service = Documents.OVERLAY.resolve("status-service.yaml");

        shell("kubectl apply --server-side --validate=strict -f " + service).requireSuccess();
    }

    @Test
    void homepage_ingress_isTaken() throws Exception {
        boolean served = shell("kubectl api-resources --api-group=networking.k8s.io -o name")
                .output()
                .contains("ingresses");
        String reason = "skipped: the API of tests has no Ingresses";
        if (!served) {
            System.out.println(reason);
        }
        assumeTrue(served, reason);
        Path file = Files.writeString(
                folder.resolve("ingress.yaml"), HomepagePage.read().ingressText());

        shell("kubectl apply --server-side --validate=strict --dry-run=server -f " + file)
                .requireSuccess();
    }
}
