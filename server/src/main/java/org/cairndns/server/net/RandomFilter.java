package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Program for the kernel that gives each datagram to one of the sockets of an address by chance.
 *
 * <pre>
 *   struct sock_fprog, 16 octets       struct sock_filter, 8 octets each
 *   0 len     3                        0 code   20 ld [abs]   94 mod #k   16 ret a
 *   8 filter  the instructions         2 jt     0
 *                                      3 jf     0
 *                                      4 k      fffff038: "the random number", the divisor, 0
 * </pre>
 *
 * <p>Without it the kernel goes by the hash of both addresses, and a client that asks from one port, such as a
 * node-local cache, gets all its queries answered on one processor.
 */
final class RandomFilter {
    private static final int INSTRUCTIONS = 3;
    private static final int INSTRUCTION_OCTETS = 8;
    private static final short LOAD_ABSOLUTE = 0x20;
    private static final short MODULO = 0x94;
    private static final short RETURN_RESULT = 0x16;

    /** SKF_AD_OFF + SKF_AD_RANDOM. */
    private static final int RANDOM = -0x1000 + 56;

    private RandomFilter() {}

    /** The program as a socket option takes it. */
    static MemorySegment of(int sockets, Arena arena) {
        MemorySegment instructions = arena.allocate(INSTRUCTIONS * INSTRUCTION_OCTETS, Long.BYTES);
        write(instructions, 0, LOAD_ABSOLUTE, RANDOM);
        write(instructions, 1, MODULO, sockets);
        write(instructions, 2, RETURN_RESULT, 0);
        MemorySegment program = arena.allocate(16, Long.BYTES);
        program.set(JAVA_SHORT, 0, (short) INSTRUCTIONS);
        program.set(ADDRESS, 8, instructions);
        return program;
    }

    private static void write(MemorySegment to, int index, short code, int operand) {
        long at = (long) index * INSTRUCTION_OCTETS;
        to.set(JAVA_SHORT, at, code);
        to.set(JAVA_BYTE, at + 2, (byte) 0);
        to.set(JAVA_BYTE, at + 3, (byte) 0);
        to.set(JAVA_INT, at + 4, operand);
    }
}
