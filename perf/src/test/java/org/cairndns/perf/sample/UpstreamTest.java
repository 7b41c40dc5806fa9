package org.cairndns.perf.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class UpstreamTest {
    @Test
    void serve_addressOfAnyName_isOneRecord() throws IOException {
        Message answer = ask("www7.example.org.", Type.A);

        assertThat(answer.getHeader().getFlag(Flags.QR)).isTrue();
        assertThat(answer.getQuestion().getName()).hasToString("www7.example.org.");
        assertThat(answer.getSection(Section.ANSWER))
                .singleElement()
                .asString()
                .matches("www7\\.example\\.org\\.\\s+3600\\s+IN\\s+A\\s+198\\.51\\.100\\.1");
        assertThat(answer.getSection(Section.ADDITIONAL)).isEmpty();
    }

    @Test
    void serve_otherType_isNodata() throws IOException {
        Message answer = ask("www7.example.org.", Type.AAAA);

        assertThat(answer.getRcode()).isZero();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY))
                .singleElement()
                .asString()
                .matches("example\\.org\\.\\s+3600\\s+IN\\s+SOA\\s+example\\.org\\. example\\.org\\. 3600 .*");
    }

    @Test
    void serve_withDelay_answersNoEarlier() throws IOException {
        long start = System.nanoTime();

        Message answer = ask(Duration.ofMillis(30), "www7.example.org.", Type.A);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
    }

    private static Message ask(String name, int type) throws IOException {
        return ask(Duration.ZERO, name, type);
    }

    /** Asks with EDNS, as servers under test do. */
    private static Message ask(Duration delay, String name, int type) throws IOException {
        Message query = Message.newQuery(Record.newRecord(Name.fromString(name), type, DClass.IN));
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
        byte[] wire = query.toWire();
        try (Upstream upstream = Upstream.start(delay);
                DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(5000);
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), upstream.port()));
            socket.send(new DatagramPacket(wire, wire.length));
            DatagramPacket answer = new DatagramPacket(new byte[512], 512);
            socket.receive(answer);
            return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }
}
