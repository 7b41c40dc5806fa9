package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs beside what {@code bpf_asm} makes of the text in the comments. */
class SpreadProgramTest {
    /** {@code ld rand; mod #5; ret a}. */
    @Test
    void program_forFiveSockets_isAsInC() {
        assertThat(octets(SpreadProgram.overAll(5)))
                .isEqualTo("2000000038f0ffff" + "9400000005000000" + "1600000000000000");
    }

    /** {@code ld [net+12]; jeq #10.1.2.3, lane, others}, then both. */
    @Test
    void program_withALane_comparesTheSourceOfTheDatagram() {
        InetAddress client = InetAddress.ofLiteral("10.1.2.3");
        assertThat(octets(new SpreadProgram(2, 1, 2, Map.of(client, 0))))
                .isEqualTo("200000000c00f0ff" + "150003000302010a"
                        + "2000000038f0ffff" + "9400000002000000" + "1600000000000000"
                        + "2000000038f0ffff" + "9400000002000000" + "0400000002000000" + "1600000000000000");
    }

    /** Four words, the last one first; the first that differs leads to the others. */
    @Test
    void program_withALaneOfIpv6_comparesAllWords() {
        InetAddress client = InetAddress.ofLiteral("fd00:1:2:3:4:5:6:7");
        assertThat(octets(new SpreadProgram(1, 1, 1, Map.of(client, 0))))
                .startsWith("200000001400f0ff" + "1500000607000600"
                        + "200000001000f0ff" + "1500000405000400"
                        + "200000000c00f0ff" + "1500000203000200"
                        + "200000000800f0ff" + "15000300010000fd" + "2000000038f0ffff");
    }

    private static String octets(SpreadProgram of) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = of.write(arena);
            assertThat(program.byteSize()).isEqualTo(16);
            byte[] instructions = program.get(ADDRESS, 8)
                    .reinterpret(8L * program.get(JAVA_SHORT, 0))
                    .toArray(JAVA_BYTE);
            return HexFormat.of().formatHex(instructions);
        }
    }
}
