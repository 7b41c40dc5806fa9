package org.cairndns.kubernetes.snapshot;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.zip.CRC32;

/** Forger of snapshots whose checksums are right. */
final class SealedSnapshot {
    private SealedSnapshot() {}

    /**
     * A snapshot.
     *
     * @param deflated its body, compressed
     * @param claimed octets that the body has, as it says
     */
    static byte[] of(byte[] deflated, long claimed, Instant written, SnapshotOrigin origin) {
        CRC32 crc = new CRC32();
        crc.update(deflated);
        byte[] header = new SnapshotHeader(
                        (int) crc.getValue(), deflated.length, claimed, written.toEpochMilli(), origin)
                .toOctets();
        return ByteBuffer.allocate(header.length + deflated.length)
                .put(header)
                .put(deflated)
                .array();
    }
}
