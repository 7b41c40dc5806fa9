package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.cairndns.kubernetes.testing.ApiFaultProxy;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.testing.Await;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API that loses an event, as a user of the directive sees it. */
class ClusterAuditTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";

    @TempDir
    private Path folder;

    @Test
    void eventsLost_answersAreRightSoonAndItIsCounted() throws Exception {
        FakeServer server = new FakeServer(folder);
        try (ApiServerDouble api = ApiServerDouble.start(Files.createDirectory(folder.resolve("api")));
                ApiFaultProxy proxy = ApiFaultProxy.to(api)) {
            api.create(SERVICES, "{\"metadata\": {\"name\": \"old\"}, \"spec\": {\"clusterIP\": \"10.96.1.1\"}}");
            Path kubeconfig = proxy.kubeconfig(api.kubeconfig());
            FakeBlock block = new FakeBlock(
                            server,
                            "cluster.local {\nkubernetes {\nkubeconfig " + kubeconfig + "\naudit 1s\n}\n}",
                            new KubernetesPlugin(folder, folder.resolve("none"), InstantSource.system(), new Random(1)))
                    .start();
            Await.until("synced", block::isReady);
            Handler chain = block.chain(query -> new Reply.Answered(Response.bare(Rcode.REFUSED)));
            proxy.faults().drop(type -> true);
            api.create(SERVICES, "{\"metadata\": {\"name\": \"new\"}, \"spec\": {\"clusterIP\": \"10.96.1.2\"}}");
            api.delete(SERVICES + "/old");

            Await.until(
                    "right",
                    () -> answer(chain, "new").equals("NOERROR")
                            && answer(chain, "old").equals("NXDOMAIN"));
            assertThat(server.metrics("cairn_kubernetes_divergence_total"))
                    .contains("cairn_kubernetes_divergence_total{kind=\"service\",source=\"kubeconfig " + kubeconfig
                            + "\"} 2.0");
            assertThat(block.isReady()).isTrue();
            block.closeShared();
        }
    }

    private static String answer(Handler chain, String service) {
        var query = Queries.of(service + ".default.svc.cluster.local.", "A");
        return org.xbill.DNS.Rcode.string(
                Queries.render(query, chain.handle(query)).getRcode());
    }
}
