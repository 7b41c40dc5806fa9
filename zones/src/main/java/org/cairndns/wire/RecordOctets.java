package org.cairndns.wire;

/** Steps from record to record in the octets of a response's records, which start at position 0; allocates nothing. */
final class RecordOctets {
    private RecordOctets() {}

    /** Position of the type of the record that starts at {@code from}, behind its owner. */
    static int skipName(byte[] records, int from) {
        int at = from;
        while (records[at] != 0) {
            if ((records[at] & 0xc0) == 0xc0) {
                return at + 2;
            }
            at += records[at] + 1;
        }
        return at + 1;
    }

    /** Position of the record behind the one whose type stands at {@code fixed}. */
    static int next(byte[] records, int fixed) {
        return fixed + 10 + unsignedShort(records, fixed + 8);
    }

    static int unsignedShort(byte[] records, int at) {
        return (records[at] & 0xff) << 8 | records[at + 1] & 0xff;
    }
}
