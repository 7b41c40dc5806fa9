package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod looks to programs as one in a cluster does, and nothing is left of it afterwards. */
class PodNetworkTest {
    @TempDir
    Path work;

    @Test
    void pod_hasWhatAKubeletGivesIt() throws Exception {
        try (PodNetwork network = PodNetwork.open()) {
            Pod pod = network.pod("data", "web-0", "10.1.9.1");

            assertThat(pod.run("cat", "/etc/resolv.conf").output()).isEqualTo("""
                    search data.svc.cluster.local svc.cluster.local cluster.local
                    nameserver 10.152.183.10
                    options ndots:5
                    """);
            assertThat(pod.run("hostname").lines()).containsExactly("web-0");
            assertThat(pod.run("getent", "hosts", "web-0").lines()).containsExactly("10.1.9.1        web-0");
            assertThat(pod.run("ip", "-o", "-4", "address", "show", "scope", "global")
                            .output())
                    .contains("10.1.9.1/16");
        }
    }

    @Test
    void pods_reachEachOtherAndAddressesOfServices() throws Exception {
        try (PodNetwork network = PodNetwork.open()) {
            Pod server = network.pod("data", "web-0", "10.1.9.1").answersFor("10.152.183.40");
            Pod client = network.pod("ai", "client", "10.1.9.2");
            server.start(work.resolve("log"), "python3", "-m", "http.server", "80");

            Homelab.await("the address of the service leads to the pod", () -> reaches(client, "10.152.183.40"));
            assertThat(reaches(client, "10.1.9.1")).isTrue();

            server.noLongerAnswersFor("10.152.183.40");
            assertThat(reaches(client, "10.152.183.40")).isFalse();
        }
    }

    private static boolean reaches(Pod client, String address) throws Exception {
        return client.run("bash", "-c", "timeout 1 bash -c 'exec 3<>/dev/tcp/" + address + "/80'")
                        .exit()
                == 0;
    }

    @Test
    void program_thatDoesNotEnd_isStoppedWithWhatItWrote() throws Exception {
        try (PodNetwork network = PodNetwork.open()) {
            Pod pod = network.pod("data", "web-0", "10.1.9.1");

            assertThatThrownBy(() -> pod.run(Duration.ofMillis(300), "sh", "-c", "echo begun; sleep 60; echo done"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("within 300 ms")
                    .hasMessageContaining("begun")
                    .hasMessageNotContaining("done\n");
            assertThat(Programs.run("ip", "netns", "pids", pod.networkNamespace())
                            .lines())
                    .isEmpty();
        }
    }

    @Test
    void close_leavesNothing() throws Exception {
        Pod pod;
        Process process;
        try (PodNetwork network = PodNetwork.open()) {
            pod = network.pod("data", "web-0", "10.1.9.1");
            process = pod.start(work.resolve("log"), "sh", "-c", "sleep 60 & echo begun; wait");
            Homelab.await(
                    "the program runs",
                    () -> Files.readString(work.resolve("log")).contains("begun"));
        }

        assertThat(process.isAlive()).isFalse();
        assertThat(Programs.run("ip", "netns", "list").output())
                .doesNotContain(pod.networkNamespace().replaceFirst("-data-web-0$", ""));
        assertThat(Path.of("/etc/netns", pod.networkNamespace())).doesNotExist();
    }

    @Test
    void open_afterARunThatWasKilled_removesWhatItLeft() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        String left = "cairn-" + killed.pid() + "-1abc-data-web-0";
        PodNetwork.open().close();
        Programs.run("ip", "netns", "add", left).requireSuccess();
        Process server = new ProcessBuilder("ip", "netns", "exec", left, "sleep", "60").start();
        Homelab.await(
                "it runs",
                () -> !Programs.run("ip", "netns", "pids", left).lines().isEmpty());

        PodNetwork.open().close();

        assertThat(Programs.run("ip", "netns", "list").output()).doesNotContain(left);
        assertThat(server.waitFor()).isNotZero();
    }
}
