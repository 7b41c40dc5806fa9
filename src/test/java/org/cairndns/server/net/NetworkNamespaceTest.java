package org.cairndns.server.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.acceptance.ServerProcess;
import org.junit.jupiter.api.Test;

/** A server on every local address in a network of its own, where addresses are added while it runs. */
class NetworkNamespaceTest {
    private static final String SKIPPED =
            "needs root on Linux, the programs unshare and ip, and a kernel with network namespaces: skipped";

    @Test
    void addresses_thatComeLater_areAnsweredFromAtOnce() throws Exception {
        assumeTrue(works("ip", "link", "set", "lo", "up"), SKIPPED);

        assertThat(answers())
                .containsExactly(
                        "10.9.0.1 answers 7",
                        "10.9.0.2 answers 7",
                        "10.9.0.1 answers 7",
                        "fd00:9::2 answers 7",
                        "fd00:9::1 answers 7");
    }

    @Test
    void linkLocalAddress_isAnsweredFrom() throws Exception {
        assumeTrue(works("ip", "link", "add", "end1", "type", "veth", "peer", "name", "end2"), SKIPPED);

        assertThat(answers("link-local")).containsExactly("fe80::2%end1 answers 7");
    }

    /** What the clients of {@link NamespaceProbe} say, and what went wrong before. */
    private static List<String> answers(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("unshare", "--net", ServerProcess.java()));
        command.addAll(List.of("-Xmx128m", "--enable-native-access=ALL-UNNAMED", "-cp", ServerProcess.classPath()));
        command.add(NamespaceProbe.class.getName());
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> line.contains(" answer") || line.startsWith("ip "))
                .toList();
    }

    /** True if a command has the rights and the programs it needs in a network namespace of its own. */
    private static boolean works(String... command) throws InterruptedException {
        List<String> inside = new ArrayList<>(List.of("unshare", "--net"));
        inside.addAll(List.of(command));
        try {
            return new ProcessBuilder(inside).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
