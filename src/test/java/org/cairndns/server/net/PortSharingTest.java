package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.LeakWatch;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers beside others that have their port, on addresses of the loopback network. */
@ExtendWith(LeakWatch.class)
@EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 is local on Linux only")
class PortSharingTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final Handler ANSWERS = query -> new Reply.Answered(Response.bare(Rcode.NOERROR));
    private static final Handler DENIES = query -> new Reply.Answered(Response.bare(Rcode.NXDOMAIN));

    private final Meters meters = new Meters(new PrometheusRegistry());
    private final PortSharing sharing = new PortSharing(Conditions.of(meters), false);
    private final PortSharing takeOver = new PortSharing(Conditions.of(meters), true);
    private final EventLoops loops = new EventLoops(1, SocketKind.NATIVE, Runners.MEMORY);
    private final EventLoops epollLoops = new EventLoops(1, SocketKind.EPOLL, Runners.MEMORY);

    @AfterEach
    void stop() {
        loops.close();
        epollLoops.close();
    }

    @Test
    void check_serverThatSharesIsThere_isRefusedUnlessItIsToBeRelieved() throws Exception {
        ListenGroup other = open(loops, new ServerAddress(Transport.UDP, Optional.empty(), 0, "dns://:53"), ANSWERS);
        for (Optional<InetAddress> address : Set.of(Optional.<InetAddress>empty(), Optional.of(LOOPBACK))) {
            ServerAddress same = new ServerAddress(Transport.UDP, address, other.port(), "dns://:53");

            assertThatThrownBy(() -> sharing.check(same))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(":" + other.port() + ": ")
                    .hasMessageContaining("another process listens there");
            assertThatCode(() -> takeOver.check(same)).doesNotThrowAnyException();
        }
        other.closeNow();
    }

    @Test
    void check_freePort_isFineAlsoWhereConnectionsLinger() throws Exception {
        ListenGroup before = open(loops, new ServerAddress(Transport.UDP, Optional.empty(), 0, "dns://:53"), ANSWERS);
        ServerAddress same = new ServerAddress(Transport.UDP, Optional.empty(), before.port(), "dns://:53");
        ListenGroupTest.ask(LOOPBACK, before.port(), true);
        before.closeNow();

        assertThatCode(() -> sharing.check(same)).doesNotThrowAnyException();
    }

    @Test
    void check_onlyUdpIsTaken_isRefused() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(LOOPBACK, FreePort.find()))) {
            ServerAddress same =
                    new ServerAddress(Transport.UDP, Optional.of(LOOPBACK), other.getLocalPort(), "dns://:53");

            assertThatThrownBy(() -> sharing.check(same)).hasMessageContaining("listen udp 127.0.0.1:");
        }
    }

    /** systemd-resolved has 127.0.0.53 and shares it with nobody. */
    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "EPOLL"})
    void everywhere_oneAddressIsTaken_answersOnTheOthersAndThereOnceItIsFree(SocketKind kind) throws Exception {
        InetSocketAddress stub = new InetSocketAddress("127.0.0.1", 0);
        try (LogCapture log = new LogCapture()) {
            ServerSocket tcp = new ServerSocket();
            tcp.bind(stub);
            DatagramSocket udp = new DatagramSocket(tcp.getLocalSocketAddress());
            int port = tcp.getLocalPort();
            ServerAddress everywhere = new ServerAddress(Transport.UDP, Optional.empty(), port, "dns://:" + port);
            assertThatCode(() -> sharing.check(everywhere)).doesNotThrowAnyException();

            ListenGroup group = open(kind == SocketKind.EPOLL ? epollLoops : loops, everywhere, ANSWERS);
            assertThat(group.port()).isEqualTo(port);
            InetAddress six = InetAddress.ofLiteral("::1");
            assertThat(ListenGroupTest.ask(six, port, false).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(ListenGroupTest.ask(six, port, true).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(log.lines())
                    .contains("WARNING dns://:" + port
                            + " does not listen on 127.0.0.1, where another process has port " + port
                            + "; on all other addresses it does, and tries these again every few seconds");

            udp.close();
            tcp.close();
            group.rescan();
            assertThat(ListenGroupTest.ask(LOOPBACK, port, false).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(ListenGroupTest.ask(LOOPBACK, port, true).getRcode()).isEqualTo(Rcode.NOERROR);
            assertThat(log.lines()).contains("INFO dns://:" + port + " listens on every local address now");
            group.closeNow();
        }
    }

    /** Sockets on one address would get half of each other's queries. */
    @Test
    void everywhere_byEpollBesideOneAddress_leavesItToTheOther() throws Exception {
        ServerAddress one = new ServerAddress(Transport.UDP, Optional.of(LOOPBACK), 0, "dns://127.0.0.1:53");
        ListenGroup named = open(epollLoops, one, DENIES);
        ServerAddress all = new ServerAddress(Transport.UDP, Optional.empty(), named.port(), "dns://:53");
        ListenerSettings settings = ListenerSettings.DEFAULT.withElsewhere(Set.of(LOOPBACK));
        ListenGroup everywhere = ListenGroup.open(epollLoops, all, Runners.of(ANSWERS), settings, takeOver);

        for (int i = 0; i < 20; i++) {
            assertThat(ListenGroupTest.ask(LOOPBACK, named.port(), false).getRcode())
                    .isEqualTo(Rcode.NXDOMAIN);
        }
        assertThat(ListenGroupTest.ask(InetAddress.ofLiteral("::1"), named.port(), false)
                        .getRcode())
                .isEqualTo(Rcode.NOERROR);
        everywhere.closeNow();
        named.closeNow();
    }

    /** An address of a documentation network, as a Corefile has one that comes to its machine later. */
    @ParameterizedTest
    @EnumSource(names = {"NATIVE", "EPOLL"})
    void open_addressThatNoInterfaceHas_isAFailureToWaitFor(SocketKind kind) throws Exception {
        EventLoops by = kind == SocketKind.EPOLL ? epollLoops : loops;
        for (Transport transport : Set.of(Transport.UDP, Transport.TLS)) {
            ServerAddress absent = new ServerAddress(
                    transport, Optional.of(InetAddress.ofLiteral("192.0.2.53")), FreePort.find(), "dns://192.0.2.53");

            assertThatThrownBy(() -> open(by, absent, ANSWERS))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("192.0.2.53")
                    .hasMessageContaining("no interface has this address");
        }
    }

    /** A node's stub resolver is no successor. */
    @Test
    void relief_isThereWhereAnotherReceivesOnAllOfOurAddresses() {
        List<InetSocketAddress> own = List.of(at("0.0.0.0"), at("::"));

        assertThat(PortSharing.areShared(own, () -> Set.of(at("127.0.0.53")))).isFalse();
        assertThat(PortSharing.areShared(own, () -> Set.of(at("127.0.0.53"), at("::"))))
                .isFalse();
        assertThat(PortSharing.areShared(own, () -> Set.of(at("127.0.0.53"), at("::"), at("0.0.0.0"))))
                .isTrue();
        assertThat(PortSharing.areShared(List.of(), () -> Set.of(at("0.0.0.0"))))
                .as("of a server of streams")
                .isFalse();
        assertThat(sharing.isRelieved(own)).isFalse();
    }

    private static InetSocketAddress at(String address) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), 53);
    }

    private ListenGroup open(EventLoops by, ServerAddress address, Handler handler) throws IOException {
        return ListenGroup.open(by, address, Runners.of(handler), ListenerSettings.DEFAULT, sharing);
    }
}
