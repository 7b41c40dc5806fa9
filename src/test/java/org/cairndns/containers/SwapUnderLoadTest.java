package org.cairndns.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.corefile.testing.StockCorefiles;
import org.cairndns.perf.container.ContainerFiles;
import org.cairndns.perf.container.ContainerSpec;
import org.cairndns.perf.container.Images;
import org.cairndns.perf.container.Limits;
import org.cairndns.perf.container.RollingUpdate.NewPod;
import org.cairndns.perf.container.ServiceAddress;
import org.cairndns.perf.container.SwapRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** CoreDNS's image replaced by Cairn's and back, while clients ask the one address of both. */
@ExtendWith(ContainerCluster.Resolver.class)
class SwapUnderLoadTest {
    private static final int PER_SECOND = 500;

    /** Where it names no CoreDNS, Cairn takes its part too. */
    private static final String CORE_DNS = "COREDNS";

    @Test
    void imageReplacedAndBack_500QueriesPerSecond_noneLost(ContainerCluster cluster) throws Exception {
        String missing = ServiceAddress.missing().orElse("");
        assumeTrue(missing.isEmpty(), missing + ": skipped");
        ContainerFiles files = cluster.files(Map.of("Corefile", StockCorefiles.UPSTREAM_ADDON));
        ContainerSpec cairn = cluster.spec(files, new Limits(170, 0, -1));
        ContainerSpec other = cairn.with(otherImage(cluster));
        Path queries = Files.write(
                cluster.work().resolve("queries"),
                List.of(
                        ContainerCluster.KNOWN + " A",
                        ContainerCluster.KNOWN + " AAAA",
                        "kubernetes.default.svc.cluster.local A",
                        ContainerCluster.OUTSIDE + " A",
                        "nowhere.shop.svc.cluster.local A"));

        try (ServiceAddress service = ServiceAddress.in(cluster.network())) {
            SwapRun run = new SwapRun(service, cluster.network(), queries, PER_SECOND, System.out);
            // CoreDNS says that it is ready before its port is open, which no kube-proxy is fast enough to meet.
            SwapRun.Outcome outcome =
                    run.run(new SwapRun.Turn(other, NewPod.WITH_RULES), new SwapRun.Turn(cairn, NewPod.AT_ONCE), 1);

            System.out.println("swap of " + other.image() + ": " + outcome.words());
            assertThat(outcome.clients().asked()).isGreaterThan(PER_SECOND);
            assertThat(outcome.ledNowhere()).as(outcome.words()).isZero();
            assertThat(outcome.unanswered(cairn.image())).as(outcome.words()).isZero();
            assertThat(outcome.late() + outcome.clients().failed())
                    .as(outcome.words())
                    .isZero();
        }
    }

    private static String otherImage(ContainerCluster cluster) throws Exception {
        Optional<Path> coreDns =
                Optional.ofNullable(System.getenv(CORE_DNS)).map(Path::of).filter(Files::isRegularFile);
        if (coreDns.isEmpty()) {
            System.out.println("COREDNS names no program: Cairn's image takes its part");
            return cluster.image();
        }
        return Images.ofProgram(
                "localhost/coredns-of-tests:latest",
                coreDns.get(),
                cluster.work().resolve("coredns"));
    }
}
