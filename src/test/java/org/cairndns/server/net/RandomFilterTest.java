package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The program beside what {@code bpf_asm} makes of {@code ld rand; mod #5; ret a}. */
class RandomFilterTest {
    @Test
    void program_forFiveSockets_isAsInC() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = RandomFilter.of(5, arena);

            assertThat(program.byteSize()).isEqualTo(16);
            assertThat(program.get(JAVA_SHORT, 0)).isEqualTo((short) 3);
            byte[] instructions = program.get(ADDRESS, 8).reinterpret(3 * 8).toArray(JAVA_BYTE);
            assertThat(HexFormat.of().formatHex(instructions))
                    .isEqualTo("2000000038f0ffff" + "9400000005000000" + "1600000000000000");
        }
    }
}
