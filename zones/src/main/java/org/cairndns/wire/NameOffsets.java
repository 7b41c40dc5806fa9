package org.cairndns.wire;

/** Hash table from the names written to a message so far to their positions, for compression (RFC 1035 4.1.4). */
final class NameOffsets {
    /** A pointer has 14 bits. */
    private static final int MAX_POINTER = 0x3fff;

    /** Open addressing; 0 is free, for no name stands at position 0. */
    private int[] positions = new int[32];

    private int[] hashes = new int[32];
    private int size;

    /** Notes the suffixes of {@code name} that start before {@code cut}, the name being written at {@code position}. */
    void add(DomainName name, int cut, int position) {
        for (int at = 0; at < cut && position + at <= MAX_POINTER; at += name.octet(at) + 1) {
            if (2 * ++size > positions.length) {
                grow();
            }
            insert(hash(name, at), position + at);
        }
    }

    /** Position of the suffix of {@code name} that starts at {@code from}, or -1. */
    int find(DomainName name, int from, byte[] message) {
        int hash = hash(name, from);
        int mask = positions.length - 1;
        for (int slot = hash & mask; positions[slot] != 0; slot = slot + 1 & mask) {
            if (hashes[slot] == hash && matches(name, from, message, positions[slot])) {
                return positions[slot];
            }
        }
        return -1;
    }

    private static boolean matches(DomainName name, int from, byte[] message, int position) {
        int at = position;
        for (int i = from; i < name.length(); i++) {
            while ((message[at] & 0xc0) == 0xc0) {
                at = (message[at] & 0x3f) << 8 | message[at + 1] & 0xff;
            }
            int length = name.octet(i);
            if (message[at] != length) {
                return false;
            }
            // Letters must be alike, so that a pointer never changes the case of a name.
            for (int k = 1; k <= length; k++) {
                if (message[at + k] != name.octet(i + k)) {
                    return false;
                }
            }
            at += length + 1;
            i += length;
        }
        return true;
    }

    private void insert(int hash, int position) {
        int mask = positions.length - 1;
        int slot = hash & mask;
        while (positions[slot] != 0) {
            slot = slot + 1 & mask;
        }
        positions[slot] = position;
        hashes[slot] = hash;
    }

    private void grow() {
        int[] oldPositions = positions;
        int[] oldHashes = hashes;
        positions = new int[oldPositions.length * 2];
        hashes = new int[oldHashes.length * 2];
        for (int i = 0; i < oldPositions.length; i++) {
            if (oldPositions[i] != 0) {
                insert(oldHashes[i], oldPositions[i]);
            }
        }
    }

    private static int hash(DomainName name, int from) {
        int hash = 1;
        for (int i = from; i < name.length(); i++) {
            hash = 31 * hash + name.lowerOctet(i);
        }
        return hash ^ hash >>> 16;
    }
}
