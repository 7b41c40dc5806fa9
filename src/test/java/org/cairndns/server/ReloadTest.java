package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.cairndns.testing.Await;
import org.cairndns.testing.MetricsClient;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

class ReloadTest {
    private static final String COMMON = "reload 2s 0\n prometheus 127.0.0.1:0\n whoami\n}\n";

    @TempDir
    private Path folder;

    @Test
    void corefile_changedOnDisk_answersAnewAndABrokenOneKeepsTheOld() throws Exception {
        Path corefile = folder.resolve("Corefile");
        write("example.org {\n" + COMMON);
        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(rcode(server, "example.org")).isEqualTo(Rcode.NOERROR);
            assertThat(rcode(server, "example.net")).isEqualTo(Rcode.REFUSED);
            int port = server.port();

            write("example.net {\n whoareyou\n" + COMMON);
            Await.until(
                    "the broken Corefile was tried",
                    () -> MetricsClient.page(server.server()).contains("coredns_reload_failed_total 1"));

            assertThat(rcode(server, "example.org")).isEqualTo(Rcode.NOERROR);
            assertThat(rcode(server, "example.net")).isEqualTo(Rcode.REFUSED);

            write("example.net {\n" + COMMON);
            Await.until("the new Corefile answers", () -> rcode(server, "example.net") == Rcode.NOERROR);

            assertThat(rcode(server, "example.org")).isEqualTo(Rcode.REFUSED);
            assertThat(server.port()).as("the sockets stay").isEqualTo(port);
            assertThat(MetricsClient.page(server.server()))
                    .contains("coredns_reload_version_info{hash=\"sha512\",value=\"")
                    .contains("coredns_reload_failed_total 1");
        }
    }

    @Test
    void corefile_thatCannotEvenBeRead_isAConditionUntilItIsMended() throws Exception {
        Path corefile = folder.resolve("Corefile");
        String right = "example.org {\n" + COMMON;
        write(right);
        try (TestServer server = TestServer.startFile(corefile)) {
            write("example.net {\n forward {\n  . {\n" + COMMON);
            Await.until("it is refused", () -> isRefused(server, "1"));
            assertThat(rcode(server, "example.org")).isEqualTo(Rcode.NOERROR);

            write(right);
            Await.until("what runs is right again", () -> isRefused(server, "0"));

            write("example.net {\n forward {\n  . {\n" + COMMON);
            Await.until("it is refused again", () -> isRefused(server, "1"));
            write("example.net {\n" + COMMON);
            Await.until("another one runs", () -> rcode(server, "example.net") == Rcode.NOERROR);
            Await.until("and is right", () -> isRefused(server, "0"));
        }
    }

    private boolean isRefused(TestServer server, String value) throws Exception {
        return MetricsClient.page(server.server())
                .contains("cairn_condition{condition=\"corefile_rejected\",subject=\"" + folder.resolve("Corefile")
                        + "\"} " + value);
    }

    @Test
    void corefile_losesTheDirective_isFinal() throws Exception {
        Path corefile = folder.resolve("Corefile");
        write("example.org {\n" + COMMON);
        try (TestServer server = TestServer.startFile(corefile)) {
            write("example.net {\n whoami\n}\n");
            Await.until("the new Corefile answers", () -> rcode(server, "example.net") == Rcode.NOERROR);
            write("example.org {\n whoami\n}\n");
            long reloadedNanos = System.nanoTime();

            // Longer than one interval, with a query each time round so that the wait is for something.
            Await.until("more than an interval is over", () -> {
                assertThat(rcode(server, "example.net")).isEqualTo(Rcode.NOERROR);
                return System.nanoTime() - reloadedNanos > 2_500_000_000L;
            });
            assertThat(server.server().reload()).as("asked for by hand").isTrue();
            assertThat(rcode(server, "example.org")).isEqualTo(Rcode.NOERROR);
        }
    }

    /** Writes the Corefile as a whole: an empty one, as there is for a moment else, is a Corefile too. */
    private void write(String text) throws IOException {
        Path whole = Files.writeString(folder.resolve("Corefile.next"), text);
        Files.move(whole, folder.resolve("Corefile"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static int rcode(TestServer server, String qname) throws Exception {
        return server.ask(qname, "A").getRcode();
    }
}
