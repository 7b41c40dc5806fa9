package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cairndns.testing.Await;
import org.cairndns.testing.Frames;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;
import org.xbill.DNS.ZoneTransferException;
import org.xbill.DNS.ZoneTransferIn;

/** Zones of a cluster handed over by a whole server. */
@ExtendWith(LeakWatch.class)
class ZoneTransferTest {
    private static final int SERVICES = 10_000;

    @TempDir
    private Path folder;

    @Test
    void axfr_ofTheClusterZone_isWholeForOtherSoftware() throws Exception {
        write(3);
        try (TestServer server = start("transfer {\n to 127.0.0.1\n}")) {
            List<String> records = transfer(server, "cluster.local.");

            assertThat(records.getFirst()).startsWith("cluster.local. 5 SOA ns.dns.cluster.local. ");
            assertThat(records.getLast()).isEqualTo(records.getFirst());
            assertThat(records)
                    .contains(
                            "service-2.shop.svc.cluster.local. 5 A 10.96.0.2",
                            "_http._tcp.service-2.shop.svc.cluster.local. 5 SRV 0 100 80"
                                    + " service-2.shop.svc.cluster.local.");
            assertThat(server.ask("cluster.local", Type.IXFR).getRcode()).isEqualTo(Rcode.REFUSED);
            assertThatThrownBy(() -> transfer(server, "svc.cluster.local.")).isInstanceOf(ZoneTransferException.class);
        }
    }

    @Test
    void secondary_ofAnotherServersTransfer_answersTheSame() throws Exception {
        write(300);
        try (TestServer primary = start("transfer {\n to *\n}");
                TestServer secondary = TestServer.start("cluster.local {\n bind 127.0.0.1\n secondary {\n"
                        + "transfer from 127.0.0.1:" + primary.port() + "\n}\n transfer {\n to *\n}\n}\n")) {
            Await.until(
                    "the zone is there",
                    () -> secondary.ask("cluster.local", Type.SOA).getRcode() == Rcode.NOERROR);

            assertThat(transfer(secondary, "cluster.local."))
                    .containsExactlyInAnyOrderElementsOf(transfer(primary, "cluster.local."));
            // Addresses at the names of ports are answered for beyond the specification and are no part of a transfer.
            assertThat(outcome(secondary, "_http._tcp.service-299.shop.svc.cluster.local", Type.SRV))
                    .isEqualTo(outcome(primary, "_http._tcp.service-299.shop.svc.cluster.local", Type.SRV));
            for (String name : List.of("service-7.shop", "nope.shop", "shop")) {
                String qname = name + ".svc.cluster.local";
                assertThat(outcome(secondary, qname, Type.A)).isEqualTo(outcome(primary, qname, Type.A));
            }
        }
    }

    private static String outcome(TestServer server, String qname, int type) throws IOException {
        Message message = server.ask(qname, type);
        return Rcode.string(message.getRcode()) + " " + message.getSection(Section.ANSWER);
    }

    @Test
    void axfr_forAnotherClient_isRefused() throws Exception {
        write(3);
        try (TestServer server = start("transfer {\n to 192.0.2.1\n}")) {
            assertThatThrownBy(() -> transfer(server, "cluster.local."))
                    .isInstanceOf(ZoneTransferException.class)
                    .hasMessageContaining("REFUSED");
        }
    }

    @Test
    void axfr_clientThatDoesNotRead_neitherHoldsMemoryNorOthers() throws Exception {
        write(SERVICES);
        try (TestServer server = start("transfer {\n to *\n}")) {
            int others = 20;
            List<Socket> lazy = new ArrayList<>();
            try {
                for (int i = 0; i < others; i++) {
                    lazy.add(lazyTransfer(server));
                }
                // Each of these is answered by the loops that the lazy ones hang on, too.
                for (int i = 0; i < 200; i++) {
                    assertThat(server.ask("service-" + i + ".shop.svc.cluster.local", Type.A, i % 2 == 0)
                                    .getSection(Section.ANSWER))
                            .hasSize(1);
                }
                assertThat(transfer(server, "cluster.local.")).hasSizeGreaterThan(3 * SERVICES);
                // Who reads after all gets the rest, and what was asked on the same connection was not kept waiting.
                assertLazyReader(lazy.getFirst());
            } finally {
                for (Socket socket : lazy) {
                    socket.close();
                }
            }
        }
    }

    /** Reads the transfer behind an answer to another query that came after it; the rest is whole. */
    private static void assertLazyReader(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        Map<Integer, Integer> records = new TreeMap<>();
        int soas = 0;
        while (soas < 2 || !records.containsKey(2)) {
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            assertThat(message.length).isLessThanOrEqualTo(0x4000);
            Message parsed = new Message(message);
            int id = parsed.getHeader().getID();
            records.merge(id, parsed.getSection(Section.ANSWER).size(), Integer::sum);
            soas += (int) parsed.getSection(Section.ANSWER).stream()
                    .filter(record -> record.getType() == Type.SOA)
                    .count();
        }
        assertThat(records.get(1)).isGreaterThan(3 * SERVICES);
        assertThat(records.get(2)).isEqualTo(1);
    }

    /** Asks for a transfer and one name more, and reads nothing. */
    private static Socket lazyTransfer(TestServer server) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.setSoTimeout(20_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        byte[] axfr = Frames.of(query(1, "cluster.local.", Type.AXFR));
        byte[] plain = Frames.of(query(2, "service-1.shop.svc.cluster.local.", Type.A));
        socket.getOutputStream()
                .write(ByteBuffer.allocate(axfr.length + plain.length)
                        .put(axfr)
                        .put(plain)
                        .array());
        return socket;
    }

    private static byte[] query(int id, String name, int type) throws IOException {
        Message message = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        message.getHeader().setID(id);
        return message.toWire();
    }

    private static List<String> transfer(TestServer server, String zone) throws Exception {
        ZoneTransferIn transfer = ZoneTransferIn.newAXFR(Name.fromString(zone), "127.0.0.1", server.port(), null);
        transfer.run();
        return transfer.getAXFR().stream()
                .map(record -> record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                        + record.rdataToString())
                .toList();
    }

    private TestServer start(String directive) throws Exception {
        return TestServer.start("cluster.local {\n bind 127.0.0.1\n kubernetes {\n manifests " + folder + "\n}\n"
                + directive + "\n}\n");
    }

    private void write(int services) throws IOException {
        StringBuilder yaml = new StringBuilder("apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n");
        for (int i = 0; i < services; i++) {
            String ip = "10." + (96 + (i >> 16)) + "." + (i >> 8 & 0xff) + "." + (i & 0xff);
            yaml.append("---\napiVersion: v1\nkind: Service\nmetadata: {name: service-")
                    .append(i)
                    .append(", namespace: shop}\nspec: {clusterIP: ")
                    .append(ip)
                    .append(", ports: [{name: http, port: 80, protocol: TCP}]}\n");
        }
        Files.writeString(folder.resolve("shop.yaml"), yaml);
    }
}
