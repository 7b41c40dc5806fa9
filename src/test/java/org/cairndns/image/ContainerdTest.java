package org.cairndns.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image in containerd, imported and run as on a node of MicroK8s or k3s. */
class ContainerdTest {
    /** Its cluster's API cannot be reached: nothing listens there. */
    private static final String COREFILE = """
            .:53 {
                errors
                hosts {
                    192.0.2.7 nas.home.example
                    fallthrough
                }
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    endpoint https://127.0.0.1:6443
                }
            }
            """;

    private static final String IN_FULL = "docker.io/library/" + BuiltImage.NAME;

    @TempDir
    private static Path folder;

    private static Containerd containerd;

    @BeforeAll
    static void start() throws Exception {
        String obstacle = Containerd.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle + ": skipped");
        Path tar = BuiltImage.tar();
        containerd = Containerd.start(folder);
        containerd
                .ctr("images", "import", "--snapshotter", "native", tar.toString())
                .orFail();
    }

    @AfterAll
    static void stop() throws Exception {
        if (containerd != null) {
            containerd.close();
        }
    }

    /** A kubelet looks for the name of a manifest as Docker completes it. */
    @Test
    void import_ofTheTar_isStoredUnderTheNameThatKubeletsAskFor() throws Exception {
        assertThat(containerd.ctr("images", "list", "--quiet").orFail()).isEqualTo(IN_FULL);
        assertThat(containerd.ctr("images", "check", "--snapshotter", "native").orFail())
                .containsPattern(IN_FULL + ".* complete .* true");
    }

    @Test
    void run_readOnlyWithSeccomp_answersAndEndsWith0() throws Exception {
        Path corefile = Files.writeString(folder.resolve("Corefile"), COREFILE);
        try (Containerd.Task server = containerd.run(IN_FULL, corefile)) {
            for (String transport : new String[] {"+notcp", "+tcp"}) {
                Await.until(
                        "an answer, " + transport,
                        () -> !server.isAlive()
                                || server.dig(transport, "nas.home.example").contains("192.0.2.7"));
            }
            assertThat(server.isAlive()).as(server.log()).isTrue();
            Await.until(
                    "SERVFAIL for names of the cluster",
                    () -> server.dig("kubernetes.default.svc.cluster.local").contains("status: SERVFAIL"));
            assertThat(server.status())
                    .containsPattern("Uid:\\s65532\\s65532\\s65532\\s65532")
                    .containsPattern("CapEff:\\s0+\n")
                    .containsPattern("NoNewPrivs:\\s1")
                    .containsPattern("Seccomp:\\s2");

            assertThat(server.stop()).as(server.log()).isZero();
            assertThat(server.log()).contains("SIGTERM").doesNotContain("[ERROR]", "Exception");
        }
    }
}
