package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

class ListenerTest {
    @Test
    void wildcard_onEveryLocalAddress_answersFromTheAddressThatWasAsked() throws Exception {
        try (TestServer server = TestServer.start(". {\n whoami\n}")) {
            for (InetAddress local : localAddresses()) {
                SimpleResolver resolver = new SimpleResolver(new InetSocketAddress(local, server.port()));
                // The resolver's socket is connected, so an answer from elsewhere would not reach it.
                Message response =
                        resolver.send(Message.newQuery(Record.newRecord(Name.fromString("a.example."), Type.A, 1)));
                assertThat(response.getSection(Section.ADDITIONAL))
                        .as("asked %s", local)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void start_onPortOfAnother_namesAddressAndRemedy() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0)) {
            assertThatThrownBy(() -> TestServer.start(".:" + taken.getLocalPort() + " {\n whoami\n}"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(":" + taken.getLocalPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void reload_whileQueried_keepsTheSocketAndTakesTheNewBlocks(@TempDir Path folder) throws Exception {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, "example.org {\n whoami\n}\n");
        try (EmbeddedServer server = EmbeddedServer.startFile(corefile)) {
            int port = server.port();
            assertThat(rcode(port, "a.example.com.")).isEqualTo("REFUSED");

            Files.writeString(corefile, "example.com {\n whoami\n}\n");
            assertThat(server.reload()).isTrue();

            assertThat(server.port()).isEqualTo(port);
            assertThat(rcode(port, "a.example.com.")).isEqualTo("NOERROR");
            assertThat(rcode(port, "a.example.org.")).isEqualTo("REFUSED");
        }
    }

    /** All addresses are the same ones by whatever name; sockets of their own would get half of the queries each. */
    @Test
    void blocks_onAllAddressesByDifferentNames_shareTheirSockets() throws Exception {
        int port = FreePort.find();
        String corefile = "example.org:%d {\n whoami\n}\nexample.net:%d {\n bind 0.0.0.0\n whoami\n}\n";
        try (EmbeddedServer server = EmbeddedServer.start(corefile.formatted(port, port))) {
            for (int i = 0; i < 20; i++) {
                assertThat(rcode(server.port(), "a.example.org.")).isEqualTo("NOERROR");
                assertThat(rcode(server.port(), "a.example.net.")).isEqualTo("NOERROR");
            }
        }
    }

    /** Clients of an address that is taken out of the Corefile do not hear of that. */
    @Test
    void reload_withoutAnAddress_answersThereUntilNobodyAsks(@TempDir Path folder) throws Exception {
        Path corefile = folder.resolve("Corefile");
        int port = FreePort.find();
        String both = "example.org {\n whoami\n}\nexample.net:" + port + " {\n whoami\n}\n";
        Files.writeString(corefile, both);
        try (EmbeddedServer server = EmbeddedServer.startFile(corefile)) {
            Files.writeString(corefile, "example.org {\n whoami\n}\n");
            assertThat(server.reload()).isTrue();
            assertThat(rcode(port, "a.example.net.")).as("right after").isEqualTo("NOERROR");

            Files.writeString(corefile, both.replace("example.net", "example.com"));
            assertThat(server.reload()).isTrue();
            assertThat(rcode(port, "a.example.com.")).as("taken back").isEqualTo("NOERROR");

            Files.writeString(corefile, "example.org {\n whoami\n}\n");
            assertThat(server.reload()).isTrue();
            Await.until("the port is free", () -> isFree(port));
            assertThat(rcode(server.port(), "a.example.org.")).isEqualTo("NOERROR");
        }
    }

    private static boolean isFree(int port) {
        try (DatagramSocket socket = new DatagramSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void reload_ofBrokenFile_keepsTheRunningConfiguration(@TempDir Path folder) throws Exception {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, "example.org {\n whoami\n}\n");
        try (EmbeddedServer server = EmbeddedServer.startFile(corefile)) {
            Files.writeString(corefile, "example.org {\n whoam\n}\n");

            assertThat(server.reload()).isFalse();
            assertThat(rcode(server.port(), "a.example.org.")).isEqualTo("NOERROR");
        }
    }

    private static String rcode(int port, String qname) throws IOException {
        SimpleResolver resolver = new SimpleResolver(new InetSocketAddress("127.0.0.1", port));
        Message response = resolver.send(Message.newQuery(Record.newRecord(Name.fromString(qname), Type.A, 1)));
        return org.xbill.DNS.Rcode.string(response.getRcode());
    }

    private static List<InetAddress> localAddresses() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .toList();
    }
}
