package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Control messages beside octets that a C compiler made of the same structures; alike on x86-64 and aarch64. */
class PacketInfoTest {
    private static final int AT = 8;

    private final MemorySegment memory = Arena.ofAuto().allocate(64, Long.BYTES).fill((byte) 0x55);

    @Test
    void message_ofAnIpv4Address_isAsInC() {
        int octets = PacketInfo.write(InetAddress.ofLiteral("192.0.2.7"), memory, AT);

        assertThat(octets).isEqualTo(28);
        assertThat(hex(octets)).isEqualTo("1c00000000000000" + "00000000" + "08000000" + "00000000c000020700000000");
    }

    @Test
    void message_ofAnIpv6Address_isAsInC() {
        int octets = PacketInfo.write(InetAddress.ofLiteral("2001:db8::53"), memory, AT);

        assertThat(octets).isEqualTo(36);
        assertThat(hex(octets))
                .isEqualTo(
                        "2400000000000000" + "29000000" + "32000000" + "20010db8000000000000000000000053" + "00000000");
    }

    @Test
    void turn_ofAReceivedMessage_leavesOutTheInterface() {
        PacketInfo.write(InetAddress.ofLiteral("192.0.2.7"), memory, AT);
        memory.set(JAVA_INT_UNALIGNED, AT + 16, 3);
        assertThat(PacketInfo.address(memory, AT, false)).isEqualTo(InetAddress.ofLiteral("192.0.2.7"));
        String before = hex(28);

        PacketInfo.turn(memory, AT, false);

        assertThat(hex(28)).isNotEqualTo(before).isEqualTo(before.replace("03000000c0", "00000000c0"));
    }

    @Test
    void turn_ofAnIpv6Message_leavesOutTheInterfaceOfGlobalAddressesOnly() throws Exception {
        PacketInfo.write(InetAddress.ofLiteral("2001:db8::53"), memory, AT);
        memory.set(JAVA_INT_UNALIGNED, AT + 32, 3);
        PacketInfo.turn(memory, AT, true);
        assertThat(memory.get(JAVA_INT_UNALIGNED, AT + 32)).isZero();
        assertThat(PacketInfo.scope(memory, AT, true)).isZero();

        InetAddress linkLocal =
                Inet6Address.getByAddress("", InetAddress.ofLiteral("fe80::1").getAddress(), 3);
        PacketInfo.write(linkLocal, memory, AT);
        PacketInfo.turn(memory, AT, true);
        assertThat(memory.get(JAVA_INT_UNALIGNED, AT + 32)).isEqualTo(3);
        assertThat(((Inet6Address) PacketInfo.address(memory, AT, true)).getScopeId())
                .isEqualTo(3);
        assertThat(PacketInfo.address(memory, AT, true)).isEqualTo(linkLocal);
    }

    private String hex(int octets) {
        return HexFormat.of().formatHex(memory.asSlice(AT, octets).toArray(JAVA_BYTE));
    }
}
