package org.cairndns.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.testing.StubUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same objects, Corefile and questions for CoreDNS and Cairn: every difference is one of {@link ExpectedDifferences}.
 *
 * <p>Needs a CoreDNS program, which the environment variable {@code COREDNS} names, and an API server ({@code
 * KUBEBUILDER_ASSETS}). {@code DIFFERENTIAL='SCENARIO'} runs the scenarios whose name this pattern matches, {@code DIFFERENTIAL='SCENARIO QUESTION'} one
 * question, as a failure prints it. {@code DIFFERENTIAL_SEED} is another seed.
 */
class DifferentialTest {
    private static final String API_FLAGS = "--service-cluster-ip-range=10.152.183.0/24,fd00:1234::/108";
    private static final Path SHARED = Path.of(System.getProperty("cairn.root", ""), "../shared")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path work;

    @Test
    void answers_differOnlyAsListed() throws Exception {
        assumeTrue(CoreDns.program().isPresent(), "COREDNS names no program: skipped");
        assumeTrue(
                ApiServerProcess.assets().isPresent(), "KUBEBUILDER_ASSETS names no kube-apiserver and etcd: skipped");
        assumeTrue(Files.isDirectory(SHARED.resolve("fixtures")), "no fixtures in " + SHARED + ": skipped");
        long seed = Long.parseLong(
                Optional.ofNullable(System.getenv("DIFFERENTIAL_SEED")).orElse("20261125"));
        String only = Optional.ofNullable(System.getenv("DIFFERENTIAL")).orElse("");
        Tally tally = new Tally();

        Map<ClusterObjects, List<Scenario>> byCluster = new LinkedHashMap<>();
        for (Scenario scenario : Scenarios.all(SHARED.resolve("fixtures"), seed)) {
            if (only.isEmpty() || scenario.name().matches(only.split(" ")[0])) {
                byCluster
                        .computeIfAbsent(scenario.objects(), objects -> new ArrayList<>())
                        .add(scenario);
            }
        }
        for (Map.Entry<ClusterObjects, List<Scenario>> cluster : byCluster.entrySet()) {
            run(cluster.getKey(), cluster.getValue(), seed, only, tally);
        }

        System.out.println("answers compared: " + tally.compared() + ", seed " + seed);
        for (Map.Entry<String, Long> rule : tally.byRule().entrySet()) {
            System.out.printf("%8d  %s%n", rule.getValue(), rule.getKey());
        }
        tally.failures().forEach(System.out::println);
        assertThat(tally.unexplainedCount())
                .as("differences that nothing explains")
                .isZero();
        if (only.isEmpty()) {
            assertEveryRuleWasUsed(tally);
        }
    }

    private static void assertEveryRuleWasUsed(Tally tally) {
        assertThat(ExpectedDifferences.ALL)
                .extracting(ExpectedDifference::name)
                .allSatisfy(name -> assertThat(tally.byRule()).containsKey(name));
    }

    private void run(ClusterObjects objects, List<Scenario> scenarios, long seed, String only, Tally tally)
            throws Exception {
        Path folder = Files.createTempDirectory(work, "cluster");
        try (ApiServerProcess api = ApiServerProcess.start(Files.createDirectories(folder.resolve("api")), API_FLAGS);
                StubUpstream upstream = StubUpstream.start(new InetSocketAddress("127.0.0.1", 0), Upstream::answer)) {
            objects.loadInto(api, SHARED.resolve("apiserver/crds/serviceimports.yaml"));
            for (Scenario scenario : scenarios) {
                run(scenario, folder, api.kubeconfig(), upstream.address().getPort(), seed, only, tally);
            }
        }
    }

    private static void run(
            Scenario scenario, Path cluster, Path kubeconfig, int upstreamPort, long seed, String only, Tally tally)
            throws Exception {
        Path folder = Files.createDirectories(cluster.resolve(scenario.name()));
        Files.writeString(folder.resolve("hosts"), Corefiles.HOSTS);
        long startNanos = System.nanoTime();
        long before = tally.unexplainedCount();
        ClusterNames names = new ClusterNames(scenario.objects(), scenario.zones());
        List<Question> questions = only.contains(" ")
                ? List.of(Question.parse(only.substring(only.indexOf(' '))))
                : new Questions(seed, names.all(), scenario.zones(), scenario.further()).sample(scenario.questions());
        Comparison comparison = new Comparison(ExpectedDifferences.ALL, names, scenario.ttlToleranceSeconds());
        try (SideBySide both = new SideBySide(scenario, folder, kubeconfig, upstreamPort)) {
            both.compare(scenario, questions, comparison, tally);
        }
        System.out.printf(
                "%-20s %7d questions, %d unexplained, %d s%n",
                scenario.name(),
                questions.size(),
                tally.unexplainedCount() - before,
                (System.nanoTime() - startNanos) / 1_000_000_000);
    }
}
