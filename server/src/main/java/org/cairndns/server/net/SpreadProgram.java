package org.cairndns.server.net;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Program for the kernel that gives each datagram to one of the sockets of an address: those of most clients by chance to
 * the first sockets, those of a few clients by chance to some sockets behind these.
 *
 * <pre>
 *   struct sock_fprog, 16 octets       struct sock_filter, 8 octets each
 *   0 len     of the filter            0 code   20 ld [abs]   15 jeq #k   94 mod #k   04 add #k   16 ret a
 *   8 filter  the instructions         2 jt     instructions to skip if equal
 *                                      3 jf     and if not
 *                                      4 k      fffff038: "the random number"; fff00000 + n: octet n of the IP header
 * </pre>
 *
 * <p>Without it the kernel goes by the hash of both addresses, and a client that asks from one port, such as a
 * node-local cache, gets all its queries answered on one processor.
 *
 * @param sockets the first ones, which take what comes by chance
 * @param lanes how many groups of sockets there are behind these
 * @param width sockets of a lane, 1 and up; not used without lanes
 * @param clients lane of each client that has one; all addresses of one family
 */
record SpreadProgram(int sockets, int lanes, int width, Map<InetAddress, Integer> clients) {
    /** The distance of a jump has eight bits. */
    static final int MAX_CLIENTS = 16;

    private static final int INSTRUCTION_OCTETS = 8;
    private static final short LOAD_ABSOLUTE = 0x20;
    private static final short JUMP_IF_EQUAL = 0x15;
    private static final short MODULO = 0x94;
    private static final short ADD = 0x04;
    private static final short RETURN_RESULT = 0x16;

    /** SKF_AD_OFF + SKF_AD_RANDOM. */
    private static final int RANDOM = -0x1000 + 56;

    /** SKF_NET_OFF, and where the source address is in the headers of IPv4 and IPv6 (RFC 791 3.1, RFC 8200 3). */
    private static final int SOURCE_OF_4 = -0x100000 + 12;

    private static final int SOURCE_OF_6 = -0x100000 + 8;

    /** Instructions of a lane's end. */
    private static final int LANE = 4;

    private record Instruction(short code, int ifTrue, int ifFalse, int operand) {}

    SpreadProgram {
        clients = Map.copyOf(clients);
    }

    /** All clients by chance over so many sockets. */
    static SpreadProgram overAll(int sockets) {
        return new SpreadProgram(sockets, 0, 1, Map.of());
    }

    /** The program as a socket option takes it. */
    MemorySegment write(Arena arena) {
        List<Instruction> instructions = instructions();
        MemorySegment octets = arena.allocate((long) instructions.size() * INSTRUCTION_OCTETS, Long.BYTES);
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            long at = (long) i * INSTRUCTION_OCTETS;
            octets.set(JAVA_SHORT, at, instruction.code());
            octets.set(JAVA_BYTE, at + 2, (byte) instruction.ifTrue());
            octets.set(JAVA_BYTE, at + 3, (byte) instruction.ifFalse());
            octets.set(JAVA_INT, at + 4, instruction.operand());
        }
        MemorySegment program = arena.allocate(16, Long.BYTES);
        program.set(JAVA_SHORT, 0, (short) instructions.size());
        program.set(ADDRESS, 8, octets);
        return program;
    }

    /** Comparisons of all clients, then the sockets for who is none of them, then those of each lane. */
    private List<Instruction> instructions() {
        List<Instruction> program = new ArrayList<>();
        int comparisons = clients.keySet().stream()
                .mapToInt(client -> comparisons(client.getAddress()))
                .sum();
        clients.forEach((client, lane) -> {
            byte[] address = client.getAddress();
            int laneAt = comparisons + LANE - 1 + lane * LANE;
            compare(address, program, laneAt);
        });
        program.add(new Instruction(LOAD_ABSOLUTE, 0, 0, RANDOM));
        program.add(new Instruction(MODULO, 0, 0, sockets));
        program.add(new Instruction(RETURN_RESULT, 0, 0, 0));
        for (int lane = 0; lane < lanes; lane++) {
            program.add(new Instruction(LOAD_ABSOLUTE, 0, 0, RANDOM));
            program.add(new Instruction(MODULO, 0, 0, width));
            program.add(new Instruction(ADD, 0, 0, sockets + lane * width));
            program.add(new Instruction(RETURN_RESULT, 0, 0, 0));
        }
        return program;
    }

    private static int comparisons(byte[] address) {
        return 2 * (address.length / Integer.BYTES);
    }

    /** A load and a comparison for each word, the last one first: addresses of a cluster differ there. */
    private static void compare(byte[] address, List<Instruction> program, int target) {
        int source = address.length == 4 ? SOURCE_OF_4 : SOURCE_OF_6;
        ByteBuffer words = ByteBuffer.wrap(address);
        int next = program.size() + comparisons(address);
        for (int at = address.length - Integer.BYTES; at >= 0; at -= Integer.BYTES) {
            program.add(new Instruction(LOAD_ABSOLUTE, 0, 0, source + at));
            int behind = program.size() + 1;
            program.add(new Instruction(JUMP_IF_EQUAL, at == 0 ? target - behind : 0, next - behind, words.getInt(at)));
        }
    }
}
