package org.cairndns.zone.data;

import java.util.Arrays;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ResourceRecord;

/**
 * Maker of the arrays of a zone out of its records in canonical order of owners and order of types.
 *
 * <p>A record that is there already is left out (RFC 2181 5), and the TTL of an RRset is the lowest of its records
 * (RFC 2181 5.2). One thread.
 */
final class ZonePacker {
    private static final int FIRST_CAPACITY = 16;

    private final DomainName apex;

    /** Nodes of the path to the last owner, the apex first. */
    private final int[] path = new int[DomainName.MAX_OCTETS];

    private int depth;
    private DomainName owner;

    private byte[] labels = new byte[FIRST_CAPACITY];
    private int labelOctets;
    private int[] labelStarts = new int[FIRST_CAPACITY];
    private int[] parents = new int[FIRST_CAPACITY];
    private int[] firstRows = new int[FIRST_CAPACITY];
    private int nodes;

    private int[] keys = new int[FIRST_CAPACITY];
    private int[] ttls = new int[FIRST_CAPACITY];
    private int[] starts = new int[FIRST_CAPACITY];
    private int rows;
    private byte[] rdata = new byte[FIRST_CAPACITY];
    private int rdataOctets;

    ZonePacker(DomainName apex) {
        this.apex = apex;
        this.owner = apex;
        node(ZoneNodes.NONE);
        path[0] = ZoneNodes.APEX;
    }

    /** Adds a record whose owner is at or below the apex. */
    void add(ResourceRecord record) {
        if (!record.owner().equals(owner)) {
            enter(record.owner());
        }
        int key = ZoneRrsets.key(record.type(), record.rdata());
        boolean sameRow = rows > firstRows[nodes - 1] && keys[rows - 1] == key;
        if (!sameRow) {
            row(key, record.ttlSeconds());
        }
        ttls[rows - 1] = Math.min(ttls[rows - 1], record.ttlSeconds());
        if (!sameRow || !isInRow(record.rdata())) {
            append(record.rdata());
        }
    }

    /** Makes the nodes of a name that the path does not lead to yet. */
    private void enter(DomainName name) {
        int[] labelsOfName = CanonicalOrder.labelStarts(name);
        int count = labelsOfName.length - apex.labelCount();
        int common = commonDepth(name, labelsOfName, count);
        for (int i = common + 1; i <= count; i++) {
            path[i] = node(path[i - 1]);
            label(name, labelsOfName[count - i]);
        }
        depth = count;
        owner = name;
    }

    private int commonDepth(DomainName name, int[] labelsOfName, int count) {
        int common = 0;
        while (common < Math.min(depth, count) && isLabel(path[common + 1], name, labelsOfName[count - common - 1])) {
            common++;
        }
        return common;
    }

    private boolean isLabel(int node, DomainName name, int at) {
        int start = labelStarts[node];
        for (int i = 0; i <= name.octet(at); i++) {
            if (labels[start + i] != name.lowerOctet(at + i)) {
                return false;
            }
        }
        return true;
    }

    private int node(int parent) {
        if (nodes + 1 == parents.length) {
            labelStarts = Arrays.copyOf(labelStarts, nodes * 2);
            parents = Arrays.copyOf(parents, nodes * 2);
            firstRows = Arrays.copyOf(firstRows, nodes * 2);
        }
        labelStarts[nodes] = labelOctets;
        parents[nodes] = parent;
        firstRows[nodes] = rows;
        return nodes++;
    }

    private void label(DomainName name, int at) {
        int length = name.octet(at) + 1;
        if (labelOctets + length > labels.length) {
            labels = Arrays.copyOf(labels, grown(labels.length, length));
        }
        for (int i = 0; i < length; i++) {
            labels[labelOctets++] = name.lowerOctet(at + i);
        }
    }

    private void row(int key, int ttlSeconds) {
        if (rows + 1 == keys.length) {
            keys = Arrays.copyOf(keys, rows * 2);
            ttls = Arrays.copyOf(ttls, rows * 2);
            starts = Arrays.copyOf(starts, rows * 2);
        }
        keys[rows] = key;
        ttls[rows] = ttlSeconds;
        starts[rows++] = rdataOctets;
    }

    private boolean isInRow(byte[] octets) {
        int at = starts[rows - 1];
        while (at < rdataOctets) {
            int from = at + 2;
            at = from + ((rdata[at] & 0xff) << 8 | rdata[at + 1] & 0xff);
            if (Arrays.equals(octets, 0, octets.length, rdata, from, at)) {
                return true;
            }
        }
        return false;
    }

    private void append(byte[] octets) {
        int length = octets.length + 2;
        if (rdataOctets + length > rdata.length) {
            rdata = Arrays.copyOf(rdata, grown(rdata.length, length));
        }
        rdata[rdataOctets] = (byte) (octets.length >> 8);
        rdata[rdataOctets + 1] = (byte) octets.length;
        System.arraycopy(octets, 0, rdata, rdataOctets + 2, octets.length);
        rdataOctets += length;
    }

    private static int grown(int capacity, int more) {
        return Math.addExact(Math.max(capacity, more), capacity);
    }

    ZoneNodes nodes() {
        return new ZoneNodes(
                apex,
                Arrays.copyOf(labels, labelOctets),
                Arrays.copyOf(labelStarts, nodes),
                Arrays.copyOf(parents, nodes));
    }

    ZoneRrsets rrsets() {
        int[] first = Arrays.copyOf(firstRows, nodes + 1);
        first[nodes] = rows;
        int[] ends = Arrays.copyOf(starts, rows + 1);
        ends[rows] = rdataOctets;
        return new ZoneRrsets(
                first, Arrays.copyOf(keys, rows), Arrays.copyOf(ttls, rows), ends, Arrays.copyOf(rdata, rdataOctets));
    }
}
