package org.cairndns.perf.load;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/** The queries of a file in wire form, one behind the other outside of the heap; asked in turn, again from the start. */
public final class QueryPackets {
    private static final int MAX_QUERY_OCTETS = 12 + 255 + 4;

    private final MemorySegment octets;
    private final int[] starts;

    private QueryPackets(MemorySegment octets, int[] starts) {
        this.octets = octets;
        this.starts = starts;
    }

    /**
     * Reads a query file of dnsperf.
     *
     * @param file lines of a name and a type
     * @param arena owns the packets
     */
    public static QueryPackets read(Path file, Arena arena) throws IOException {
        List<String> lines = Files.readAllLines(file);
        MemorySegment octets = arena.allocate((long) lines.size() * MAX_QUERY_OCTETS);
        int[] starts = new int[lines.size() + 1];
        for (int i = 0; i < lines.size(); i++) {
            byte[] packet = packet(lines.get(i));
            MemorySegment.copy(packet, 0, octets, JAVA_BYTE, starts[i], packet.length);
            starts[i + 1] = starts[i] + packet.length;
        }
        return new QueryPackets(octets, starts);
    }

    private static byte[] packet(String line) throws IOException {
        int space = line.indexOf(' ');
        Name name = Name.fromString(line.substring(0, space) + ".");
        return Message.newQuery(Record.newRecord(name, Type.value(line.substring(space + 1)), DClass.IN))
                .toWire();
    }

    int count() {
        return starts.length - 1;
    }

    int octets(int query) {
        return starts[query + 1] - starts[query];
    }

    /** Where the packet lies, with another id in it. */
    long addressWithId(int query, int id) {
        octets.set(JAVA_BYTE, starts[query], (byte) (id >> 8));
        octets.set(JAVA_BYTE, starts[query] + 1L, (byte) id);
        return octets.address() + starts[query];
    }
}
