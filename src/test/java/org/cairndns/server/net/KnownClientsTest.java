package org.cairndns.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownClientsTest {
    private static final int CLIENTS = 20_000;

    private final KnownClients clients = new KnownClients();
    private final MemorySegment memory = Arena.ofAuto().allocate(SocketAddresses.OCTETS, Long.BYTES);

    static Stream<InetSocketAddress> addresses() {
        return Stream.of("10.1.2.3", "255.255.255.255", "fd00::1", "2001:db8:1:2:3:4:5:6")
                .map(text -> new InetSocketAddress(InetAddress.ofLiteral(text), 40_001));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void at_sameClientAgain_isOneObject(InetSocketAddress client) {
        assertThat(at(client)).isEqualTo(client).isSameAs(at(client));
    }

    @ParameterizedTest
    @MethodSource("addresses")
    void at_oneBitOfTheAddressOrPortDiffers_isAnother(InetSocketAddress client) {
        int octets = SocketAddresses.write(client, memory, 0);
        int first = octets == 16 ? 4 : 8;
        for (int bit = 16; bit < (octets == 16 ? 8 : 24) * 8; bit++) {
            if (bit >= 32 && bit < first * 8) {
                continue;
            }
            SocketAddresses.write(client, memory, 0);
            clients.at(memory, 0);
            byte octet = memory.get(ValueLayout.JAVA_BYTE, bit / 8);
            memory.set(ValueLayout.JAVA_BYTE, bit / 8, (byte) (octet ^ 1 << bit % 8));
            assertThat(clients.at(memory, 0))
                    .as("bit %d", bit)
                    .isEqualTo(SocketAddresses.read(memory, 0))
                    .isNotEqualTo(client);
        }
    }

    @Test
    void at_manyClients_eachIsItself() {
        Random random = new Random(20261126);
        for (int i = 0; i < CLIENTS; i++) {
            byte[] octets = new byte[random.nextBoolean() ? 4 : 16];
            // Few addresses and ports, so that places are met again by others and by the same.
            octets[octets.length - 1] = (byte) random.nextInt(20);
            octets[0] = (byte) (0x20 + random.nextInt(3));
            InetSocketAddress client = new InetSocketAddress(address(octets), 1_000 + random.nextInt(20));
            assertThat(at(client)).isEqualTo(client);
        }
    }

    private InetSocketAddress at(InetSocketAddress client) {
        SocketAddresses.write(client, memory, 0);
        return clients.at(memory, 0);
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
