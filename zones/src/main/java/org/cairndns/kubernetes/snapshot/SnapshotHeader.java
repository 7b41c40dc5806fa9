package org.cairndns.kubernetes.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * What stands in front of the objects of a snapshot, most significant octets first:
 *
 * <pre>
 *    0  CAIRN-IX               12  CRC-32 of the body            32  Unix time of the copy, ms      72  CRC-32 of 0 to 71
 *    8  version of the format  16  octets of the body            40  digest of the cluster          76  body
 *                              24  octets that it inflates to    56  digest of the selection
 * </pre>
 *
 * The body is one zlib stream (RFC 1950), which the file ends with.
 *
 * @param bodyCrc CRC-32 of the body as it lies in the file
 * @param bodyOctets its size, 0 or more
 * @param octets size of what it becomes when it is inflated, 0 or more
 * @param writtenMillis Unix time at which the copy of the index was begun
 * @param origin whose objects they are
 */
record SnapshotHeader(int bodyCrc, long bodyOctets, long octets, long writtenMillis, SnapshotOrigin origin) {
    static final int OCTETS = 76;

    /** Of the encoding of the body too; another number for each change. */
    static final int VERSION = 1;

    private static final byte[] MAGIC = "CAIRN-IX".getBytes(StandardCharsets.US_ASCII);
    private static final int CRC_AT = OCTETS - Integer.BYTES;

    byte[] toOctets() {
        ByteBuffer out = ByteBuffer.allocate(OCTETS);
        out.put(MAGIC).putInt(VERSION).putInt(bodyCrc).putLong(bodyOctets).putLong(octets);
        out.putLong(writtenMillis).put(origin.cluster()).put(origin.selection());
        return out.putInt(crc(out.array())).array();
    }

    /** Reads a header of {@link #OCTETS}. */
    static SnapshotHeader of(byte[] header) throws SnapshotException {
        ByteBuffer in = ByteBuffer.wrap(header);
        if (!Arrays.equals(next(in, MAGIC.length), MAGIC)) {
            throw new SnapshotException("it is no snapshot");
        }
        int version = in.getInt();
        if (version != VERSION) {
            throw new SnapshotException(
                    "it is of version " + Integer.toUnsignedString(version) + ", expected " + VERSION);
        }
        SnapshotHeader read = new SnapshotHeader(in.getInt(), in.getLong(), in.getLong(), in.getLong(), origin(in));
        if (in.getInt() != crc(header) || read.bodyOctets < 0 || read.octets < 0) {
            throw new SnapshotException("its header is damaged");
        }
        return read;
    }

    private static SnapshotOrigin origin(ByteBuffer in) {
        return new SnapshotOrigin(next(in, SnapshotOrigin.DIGEST_OCTETS), next(in, SnapshotOrigin.DIGEST_OCTETS));
    }

    private static byte[] next(ByteBuffer in, int count) {
        byte[] octets = new byte[count];
        in.get(octets);
        return octets;
    }

    private static int crc(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header, 0, CRC_AT);
        return (int) crc.getValue();
    }
}
