package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.SoftAssertions;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.testing.StubUpstream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/**
 * The objects of the Kubernetes DNS specification's fixture, asked about line by line.
 *
 * <p>Every answer equals what CoreDNS 1.14.7 gave, but for the lines of {@code spec-differences.txt}. The fixture lies in
 * the folder {@code shared/fixtures/spec} beside the project; without it the tests are skipped.
 */
class SpecificationTest {
    private static final Path FIXTURES = Path.of(System.getProperty("cairn.root", ""), "../shared/fixtures/spec")
            .toAbsolutePath()
            .normalize();

    /** A live API refuses a Service of type ClusterIP without ports. */
    private static final String ONLY_IN_FILES = "noports.data.svc.cluster.local";

    @TempDir
    Path work;

    @Test
    void manifests_everyLine_isAsSpecified() throws Exception {
        assumeFixtures();
        try (StubUpstream upstream = upstream();
                TestServer server = TestServer.start(corefile(upstream, "manifests \"" + copied() + "\""))) {
            List<ProbeLine> expected = expectedLines();

            assertThat(expected).hasSize(79);
            assertAnswers(server, expected);
        }
    }

    @Test
    void liveApi_everyLine_isAsSpecified() throws Exception {
        assumeFixtures();
        assumeTrue(
                ApiServerProcess.assets().isPresent(), "KUBEBUILDER_ASSETS names no kube-apiserver and etcd: skipped");
        String range = "--service-cluster-ip-range=10.152.183.0/24,fd00:1234::/108";
        try (ApiServerProcess api = ApiServerProcess.start(work, range);
                StubUpstream upstream = upstream()) {
            SpecificationObjects.load(api, FIXTURES);
            try (TestServer server = TestServer.start(corefile(upstream, "kubeconfig \"" + api.kubeconfig() + "\""))) {
                List<ProbeLine> expected = new ArrayList<>(expectedLines());
                expected.removeIf(line -> line.qname().equals(ONLY_IN_FILES));

                assertAnswers(server, expected);
            }
        }
    }

    @Test
    void namespaceHiddenByItsLabels_hasNoReverseNamesEither() throws Exception {
        assumeFixtures();
        assumeTrue(
                ApiServerProcess.assets().isPresent(), "KUBEBUILDER_ASSETS names no kube-apiserver and etcd: skipped");
        String range = "--service-cluster-ip-range=10.152.183.0/24,fd00:1234::/108";
        try (ApiServerProcess api = ApiServerProcess.start(work, range)) {
            SpecificationObjects.load(api, FIXTURES);
            try (TestServer server = TestServer.start("""
                    . {
                        bind 127.0.0.1
                        kubernetes cluster.local in-addr.arpa {
                            kubeconfig "%s"
                            namespace_labels expose=yes
                        }
                    }
                    """.formatted(api.kubeconfig()))) {
                // Row 15: dual is in the namespace data, which has the label, sys in kube-system, which has not.
                assertThat(rcode(server, "20.183.152.10.in-addr.arpa", "PTR")).isEqualTo("NOERROR");
                assertThat(rcode(server, "dual.data.svc.cluster.local", "A")).isEqualTo("NOERROR");
                assertThat(rcode(server, "40.183.152.10.in-addr.arpa", "PTR")).isEqualTo("NXDOMAIN");
                assertThat(rcode(server, "sys.kube-system.svc.cluster.local", "A"))
                        .isEqualTo("NXDOMAIN");
            }
        }
    }

    private static String rcode(TestServer server, String qname, String qtype) throws IOException {
        return Rcode.string(server.ask(qname, qtype).getRcode());
    }

    @Test
    void reverseName_ofTwoServices_namesTheHostnameFirst() throws Exception {
        assumeFixtures();
        try (StubUpstream upstream = upstream();
                TestServer server = TestServer.start(corefile(upstream, "manifests \"" + copied() + "\""))) {
            // Row 17: clients that take the first name get the one that does not change with the address.
            assertThat(server.ask("31.0.1.10.in-addr.arpa", "PTR")
                            .getSection(1)
                            .getFirst()
                            .rdataToString())
                    .isEqualTo("rabbit-0.rabbit-nodes.data.svc.cluster.local.");
        }
    }

    private static void assumeFixtures() {
        assumeTrue(Files.isDirectory(FIXTURES), "no specification fixture in " + FIXTURES + ": skipped");
    }

    private static StubUpstream upstream() throws IOException {
        return StubUpstream.exampleCom(new InetSocketAddress("127.0.0.1", 0));
    }

    /** The fixture's folder holds other files too, so its manifests are copied to one of their own. */
    private Path copied() throws IOException {
        Path folder = Files.createDirectories(work.resolve("manifests"));
        for (String name : List.of("objects.yaml", "serviceimports.yaml")) {
            Files.copy(FIXTURES.resolve(name), folder.resolve(name));
        }
        return folder;
    }

    private static String corefile(StubUpstream upstream, String source) {
        return """
                . {
                    bind 127.0.0.1
                    errors
                    kubernetes cluster.local clusterset.local in-addr.arpa ip6.arpa {
                        %s
                        pods verified
                        multicluster clusterset.local
                        ttl 30
                    }
                    forward . 127.0.0.1:%d
                }
                """.formatted(source, upstream.address().getPort());
    }

    private static List<ProbeLine> expectedLines() throws IOException {
        Map<String, ProbeLine> lines = new LinkedHashMap<>();
        Files.readAllLines(FIXTURES.resolve("coredns-1.14.7.txt")).stream()
                .filter(line -> !line.startsWith("#"))
                .map(ProbeLine::parse)
                .forEach(line -> lines.put(line.question(), line));
        for (ProbeLine line : differences()) {
            assertThat(lines).as("line to differ from").containsKey(line.question());
            assertThat(lines.put(line.question(), line)).as("difference").isNotEqualTo(line);
        }
        return List.copyOf(lines.values());
    }

    private static List<ProbeLine> differences() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                SpecificationTest.class.getResourceAsStream("spec-differences.txt"), "spec-differences.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(ProbeLine::parse)
                    .toList();
        }
    }

    private static void assertAnswers(TestServer server, List<ProbeLine> expected) throws IOException {
        SoftAssertions softly = new SoftAssertions();
        for (ProbeLine line : expected) {
            ProbeLine actual = ProbeLine.of(line.question(), server.askWithoutRecursion(line.qname(), line.qtype()));
            softly.assertThat(actual.toString()).as(line.question()).isEqualTo(line.toString());
        }
        softly.assertAll();
        assertThat(rcode(server, "www.example.com", "A")).isEqualTo("NOERROR");
    }
}
