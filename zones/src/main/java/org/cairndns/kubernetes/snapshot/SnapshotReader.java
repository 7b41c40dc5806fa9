package org.cairndns.kubernetes.snapshot;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.cairndns.kubernetes.ClusterObjects;

/**
 * Reader of a snapshot in two passes: first checks what is there, octet by octet, then puts the objects.
 *
 * <p>It needs the same few kilobytes of memory for each file. An object is put only after all octets of the file have proved to be as
 * they were written, so only a file that was forged can have some put and still be of no use.
 */
public final class SnapshotReader {
    private static final int BUFFER_OCTETS = 16 * 1024;

    private final Optional<SnapshotOrigin> origin;
    private final SnapshotLimits limits;

    /**
     * A reader of snapshots of one origin.
     *
     * @param limits what a snapshot may take
     */
    public SnapshotReader(SnapshotOrigin origin, SnapshotLimits limits) {
        this(Optional.of(origin), limits);
    }

    private SnapshotReader(Optional<SnapshotOrigin> origin, SnapshotLimits limits) {
        this.origin = origin;
        this.limits = limits;
    }

    /** A reader for tools, which takes a snapshot of any cluster. */
    public static SnapshotReader ofAnyOrigin(SnapshotLimits limits) {
        return new SnapshotReader(Optional.empty(), limits);
    }

    /** What can be read from its beginning, twice, and is the same both times. */
    interface Source {
        /** Number of its octets. */
        long octets() throws IOException;

        /** Its octets from the first one on; the stream before is not used any more. */
        InputStream open() throws IOException;
    }

    /** Reads a snapshot that is in memory. */
    public SnapshotResult read(byte[] snapshot, ClusterObjects target) {
        return read(
                new Source() {
                    @Override
                    public long octets() {
                        return snapshot.length;
                    }

                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(snapshot);
                    }
                },
                target);
    }

    SnapshotResult read(Source source, ClusterObjects target) {
        try {
            SnapshotHeader header = check(source);
            InputStream file = source.open();
            file.skipNBytes(SnapshotHeader.OCTETS);
            decode(header, file, target);
            return new SnapshotResult.Restored(Instant.ofEpochMilli(header.writtenMillis()), source.octets());
        } catch (SnapshotException e) {
            return new SnapshotResult.Unusable(e.reason());
        } catch (ZipException e) {
            return new SnapshotResult.Unusable("its body is no zlib stream");
        } catch (IOException e) {
            return new SnapshotResult.Unusable("it can't be read: " + e.getMessage());
        }
    }

    private SnapshotHeader check(Source source) throws IOException, SnapshotException {
        long octets = source.octets();
        if (octets < SnapshotHeader.OCTETS) {
            throw new SnapshotException("it has only " + octets + " octets");
        }
        InputStream in = source.open();
        SnapshotHeader header = SnapshotHeader.of(in.readNBytes(SnapshotHeader.OCTETS));
        if (header.bodyOctets() != octets - SnapshotHeader.OCTETS) {
            throw new SnapshotException(
                    "it has " + octets + " octets instead of " + (header.bodyOctets() + SnapshotHeader.OCTETS));
        }
        if (octets > limits.maxFileOctets() || header.octets() > limits.maxOctets()) {
            throw new SnapshotException("it is too large, with " + octets + " octets that become " + header.octets());
        }
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER_OCTETS];
        for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
            crc.update(buffer, 0, count);
        }
        if ((int) crc.getValue() != header.bodyCrc()) {
            throw new SnapshotException("its body is damaged");
        }
        if (origin.isPresent()) {
            origin.get().require(header.origin());
        }
        return header;
    }

    private void decode(SnapshotHeader header, InputStream body, ClusterObjects target)
            throws IOException, SnapshotException {
        // Closed for the memory of the decompressor; the file is not ours.
        try (InflaterInputStream inflater = new InflaterInputStream(new Unclosed(body))) {
            OctetReader in = new OctetReader(inflater, header.octets());
            new SnapshotDecoder(in, target, limits.maxHeapOctets()).run();
        }
    }

    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
