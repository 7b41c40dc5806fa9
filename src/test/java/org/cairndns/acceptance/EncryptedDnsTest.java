package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.testing.Await;
import org.cairndns.testing.TestCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/encrypted-dns.md at a server as it is delivered. */
class EncryptedDnsTest {
    @TempDir
    private Path folder;

    @Test
    void kdig_overTlsAndHttps_getsPaddedAnswers() throws Exception {
        assumeTrue(isThere("kdig"), "kdig is not installed, so it asks nothing");
        int tls = freePort();
        int https = freePort();
        String certificate = TestCertificate.create().writeTo(folder);
        Path corefile = Files.writeString(
                folder.resolve("Corefile"),
                "tls://.:" + tls + " https://.:" + https + " {\n bind 127.0.0.1\n " + certificate + "\n"
                        + " template IN A example.org {\n  answer \"{{ .Name }} 60 IN A 192.0.2.7\"\n }\n}\n");
        try (ServerProcess server =
                ServerProcess.start(folder.resolve("log"), Map.of(), "-conf", corefile.toString())) {
            Await.until("the server listens", () -> listens(tls) && listens(https));
            String trusting = "+tls-ca=" + folder.resolve("tls.crt") + " +tls-hostname=localhost";

            assertAnswer(run("kdig @127.0.0.1 -p " + tls + " " + trusting + " example.org"));
            assertAnswer(run("kdig @127.0.0.1 -p " + https + " +https " + trusting + " example.org"));
            assertAnswer(run("kdig @127.0.0.1 -p " + https + " +https-get " + trusting + " example.org"));
            assertThat(server.stop()).isZero();
        }
    }

    private static void assertAnswer(String output) {
        assertThat(output).contains("status: NOERROR", "192.0.2.7", "PADDING: ", "Received 468 B");
    }

    private static boolean isThere(String command) throws InterruptedException {
        try {
            return new ProcessBuilder(command, "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
