package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Program for the kernel that gives each new connection to the second of the sockets that share an address, in the order in
 * which they were bound: that of the successor, for the older one leaves first.
 *
 * <pre>
 *   struct sock_fprog, 16 octets       struct sock_filter, 8 octets
 *   0 len     1                        0 code   06 ret #k
 *   8 filter  the instruction          4 k      1
 * </pre>
 *
 * <p>Where there is no second one the kernel chooses as without it. It stays with the address: a third socket is the second
 * one as soon as the first is gone.
 */
final class SecondSocket {
    private static final short RETURN_CONSTANT = 0x06;
    private static final int INSTRUCTION_OCTETS = 8;

    private SecondSocket() {}

    /** The program as a socket option takes it. */
    static MemorySegment program(Arena arena) {
        MemorySegment instruction = arena.allocate(INSTRUCTION_OCTETS, Long.BYTES);
        instruction.set(JAVA_SHORT, 0, RETURN_CONSTANT);
        instruction.set(JAVA_INT, 4, 1);
        MemorySegment program = arena.allocate(16, Long.BYTES);
        program.set(JAVA_SHORT, 0, (short) 1);
        program.set(ADDRESS, 8, instruction);
        return program;
    }
}
