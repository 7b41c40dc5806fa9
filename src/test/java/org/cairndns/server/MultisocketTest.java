package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/** Number of sockets behind one address, counted in the kernel's own list. */
@EnabledOnOs(
        value = OS.LINUX,
        disabledReason = "sockets are counted in /proc, and only Linux spreads packets over them")
class MultisocketTest {
    @TempDir
    private Path folder;

    @Test
    void sockets_byNumber_followReloads() throws Exception {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, block("multisocket 5"));
        try (TestServer server = TestServer.startFile(corefile)) {
            assertThat(sockets("udp", server.port())).isEqualTo(5);
            assertThat(sockets("tcp", server.port())).as("accepting").isEqualTo(1);
            assertAnswers(server);

            Files.writeString(corefile, block("multisocket 1"));
            assertThat(server.server().reload()).isTrue();
            assertThat(sockets("udp", server.port())).isEqualTo(1);
            assertAnswers(server);

            Files.writeString(corefile, block(""));
            assertThat(server.server().reload()).isTrue();
            assertThat(sockets("udp", server.port())).as("one per event loop").isEqualTo(2);
            assertAnswers(server);
        }
    }

    @Test
    void sockets_ofBlocksOnOneAddress_areAsTheFirstSays() throws Exception {
        String blocks = "a.example:0 {\n bind 127.0.0.1\n whoami\n}\n"
                + "b.example:0 {\n bind 127.0.0.1\n multisocket 3\n whoami\n}\n"
                + "c.example:0 {\n bind 127.0.0.1\n multisocket 4\n whoami\n}\n";
        try (TestServer server = TestServer.start(blocks)) {
            assertThat(sockets("udp", server.port())).isEqualTo(3);
        }
    }

    private static String block(String directive) {
        return ".:0 {\n bind 127.0.0.1\n " + directive + "\n whoami\n}\n";
    }

    private static void assertAnswers(TestServer server) throws IOException {
        for (int i = 0; i < 20; i++) {
            assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
        }
    }

    private static long sockets(String protocol, int port) throws IOException {
        // 127.0.0.1 in the kernel's hex; the JDK and Netty reach it through IPv6 sockets too.
        String local = String.format(Locale.ROOT, "0100007F:%04X", port);
        return Stream.concat(lines("/proc/net/" + protocol), lines("/proc/net/" + protocol + "6"))
                .filter(line -> line.trim().split(" +")[1].endsWith(local))
                .filter(line -> line.trim().split(" +")[2].endsWith(":0000"))
                .count();
    }

    private static Stream<String> lines(String file) throws IOException {
        // These files are made anew at each reading, so their size is not known beforehand.
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .skip(1);
        }
    }
}
