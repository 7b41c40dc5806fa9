package org.cairndns.plugin.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.wire.DomainName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;

/** NOTIFY between real sockets, its time in the hands of the test. */
class NotifierTest {
    private static final DomainName ZONE = DomainName.of("example.org.");

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();
    private DatagramSocket secondary;

    @BeforeEach
    void open() throws IOException {
        secondary = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        secondary.setSoTimeout(5000);
    }

    @AfterEach
    void close() {
        secondary.close();
        log.close();
    }

    @Test
    void changed_hostThatAccepts_hearsOfItOnce() throws Exception {
        FakeBlock block = block("");
        block.settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();

        Message notify = receive();
        assertThat(notify.getHeader().getOpcode()).isEqualTo(Opcode.NOTIFY);
        assertThat(notify.getHeader().getFlag(Flags.AA)).isTrue();
        assertThat(notify.getQuestion()).hasToString("example.org.\t\t0\tIN\tSOA");
        answer(notify, Rcode.NOERROR);
        server.scheduler().advance(Duration.ofMinutes(10));

        assertSilence(block);
        assertThat(log.lines()).noneMatch(line -> line.contains("not accepted"));
    }

    @Test
    void changed_hostThatIsSilent_isToldAgainWithLongerPauses() throws Exception {
        FakeBlock block = block("");
        block.settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();
        receive();
        for (int seconds : new int[] {1, 2, 4, 8}) {
            server.scheduler().advance(Duration.ofSeconds(seconds));
            receive();
        }
        server.scheduler().advance(Duration.ofMinutes(10));

        assertSilence(block);
        assertThat(log.lines())
                .containsExactly("WARNING plugin/transfer: notify for zone \"example.org.\" was not accepted by"
                        + " \"127.0.0.1:" + secondary.getLocalPort() + "\": no response");
    }

    @Test
    void changed_hostThatRefuses_isNamedWithItsRcode() throws Exception {
        block("").settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();
        answer(receive(), Rcode.NOTAUTH);
        server.scheduler().advance(Duration.ofMinutes(10));

        assertThat(log.lines()).singleElement().asString().endsWith("rcode was NOTAUTH");
    }

    @Test
    void changed_againBeforeTheAnswerIsSeen_isToldAgain() throws Exception {
        FakeBlock block = block("");
        block.settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();
        answer(receive(), Rcode.NOERROR);
        block.settings().zoneChanges().changed(ZONE);
        server.scheduler().advance(Duration.ofSeconds(1));

        answer(receive(), Rcode.NOERROR);
        server.scheduler().advance(Duration.ofSeconds(1));
        assertSilence(block);
    }

    @Test
    void changed_foreignAnswer_isNotTaken() throws Exception {
        block("").settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();
        Message notify = receive();
        notify.getHeader().setID(notify.getHeader().getID() ^ 1);
        answer(notify, Rcode.NOERROR);
        server.scheduler().advance(Duration.ofSeconds(1));

        receive();
    }

    @Test
    void changed_withSource_comesFromThere() throws Exception {
        block("source 127.0.0.2").settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();

        receive();
        assertThat(peer.getAddress().getHostAddress()).isEqualTo("127.0.0.2");
    }

    @Test
    void changed_zoneOfNoRule_isKeptQuiet() throws Exception {
        FakeBlock block = block("");
        block.settings().zoneChanges().changed(DomainName.of("example.net."));
        server.scheduler().runDue();

        assertSilence(block);
    }

    @Test
    void stop_withoutAnswer_endsTheAttempts() throws Exception {
        FakeBlock block = block("");
        block.settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();
        receive();
        block.stop();
        server.scheduler().advance(Duration.ofMinutes(10));
        block.settings().zoneChanges().changed(ZONE);
        server.scheduler().runDue();

        secondary.setSoTimeout(50);
        assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
        assertThat(server.scheduler().waiting()).isZero();
    }

    private DatagramPacket peer = new DatagramPacket(new byte[512], 512);

    private Message receive() throws IOException {
        peer = new DatagramPacket(new byte[512], 512);
        secondary.receive(peer);
        return new Message(Arrays.copyOf(peer.getData(), peer.getLength()));
    }

    private void answer(Message notify, int rcode) throws IOException {
        notify.getHeader().setFlag(Flags.QR);
        notify.getHeader().setRcode(rcode);
        byte[] octets = notify.toWire();
        secondary.send(new DatagramPacket(octets, octets.length, peer.getSocketAddress()));
    }

    /** Nothing comes in front of a change that is told next. */
    private void assertSilence(FakeBlock block) throws IOException {
        block.settings().zoneChanges().changed(DomainName.of("last.example.org."));
        server.scheduler().runDue();
        assertThat(receive().getQuestion().getName()).hasToString("last.example.org.");
        block.stop();
    }

    private FakeBlock block(String line) {
        return new FakeBlock(
                server,
                "example.org {\n transfer {\n to 127.0.0.1:" + secondary.getLocalPort() + "\n" + line + "\n}\n}\n",
                new TransferPlugin());
    }
}
