package org.cairndns.kubernetes.snapshot;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.cairndns.kubernetes.ClusterObjects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with a snapshot, which is the old one or the new one whenever a process or the machine ends.
 *
 * <p>A new one grows beside it under a name of its own and takes its place once it is on the disk. One thread at a time.
 */
public final class SnapshotFile {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotFile.class);

    /** A tenth larger than with the usual level, in a third of the time. */
    private static final int LEVEL = 3;

    private static final int BUFFER_OCTETS = 16 * 1024;

    /** What a process that was killed left behind; another one that writes takes less. */
    private static final Duration ABANDONED = Duration.ofMinutes(1);

    private final Path file;
    private final Path folder;

    /** A file that may not exist yet, in a folder that may not either. */
    public SnapshotFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
        Path parent = this.file.getParent();
        this.folder = parent == null ? this.file : parent;
    }

    /** Reads the file; objects are put only from one that is whole. */
    public SnapshotResult read(SnapshotReader reader, ClusterObjects target) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            return reader.read(
                    new SnapshotReader.Source() {
                        @Override
                        public long octets() throws IOException {
                            return channel.size();
                        }

                        @Override
                        public InputStream open() throws IOException {
                            return Channels.newInputStream(channel.position(0));
                        }
                    },
                    target);
        } catch (NoSuchFileException e) {
            LOG.debug("no snapshot yet: {}", file);
            return SnapshotResult.Absent.INSTANCE;
        } catch (IOException e) {
            return new SnapshotResult.Unusable("it can't be read: " + e.getMessage());
        }
    }

    /**
     * Writes a new snapshot.
     *
     * @param objects puts the objects, once
     * @return size of the file in octets
     * @throws IOException if that did not work; the file is as it was
     */
    public long write(SnapshotOrigin origin, Instant now, Consumer<ClusterObjects> objects) throws IOException {
        removeAbandoned(now);
        Path next = Files.createTempFile(folder, prefix(), ".tmp");
        try {
            long octets = writeTo(next, origin, now, objects);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            sync();
            return octets;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            Files.deleteIfExists(next);
        }
    }

    private static long writeTo(Path path, SnapshotOrigin origin, Instant now, Consumer<ClusterObjects> objects)
            throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.position(SnapshotHeader.OCTETS);
            Checked body = new Checked(Channels.newOutputStream(channel));
            Deflater deflater = new Deflater(LEVEL);
            try {
                DeflaterOutputStream deflated = new DeflaterOutputStream(body, deflater, BUFFER_OCTETS);
                OctetWriter out = new OctetWriter(deflated);
                SnapshotEncoder encoder = new SnapshotEncoder(out);
                objects.accept(encoder);
                encoder.end();
                deflated.finish();
                SnapshotHeader header = new SnapshotHeader(
                        (int) body.crc.getValue(), body.octets, out.octets(), now.toEpochMilli(), origin);
                ByteBuffer head = ByteBuffer.wrap(header.toOctets());
                channel.position(0);
                while (head.hasRemaining()) {
                    channel.write(head);
                }
            } finally {
                deflater.end();
            }
            channel.force(true);
            return channel.size();
        }
    }

    private String prefix() {
        return "." + file.getFileName() + "-";
    }

    private void removeAbandoned(Instant now) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                folder, path -> isTemporary(path.getFileName().toString()))) {
            for (Path path : left) {
                Instant touched = Files.getLastModifiedTime(path).toInstant();
                if (touched.plus(ABANDONED).isBefore(now)) {
                    Files.deleteIfExists(path);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.debug("can't look for abandoned files in {}: {}", folder, e.toString());
        }
    }

    private boolean isTemporary(String name) {
        return name.startsWith(prefix()) && name.endsWith(".tmp");
    }

    /** Brings the new name to the disk, where the system can do that for a folder. */
    private void sync() {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("can't sync {}: {}", folder, e.toString());
        }
    }

    /** Counts and sums what passes. */
    private static final class Checked extends FilterOutputStream {
        private final CRC32 crc = new CRC32();
        private long octets;

        Checked(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
            crc.update(from, offset, length);
            octets += length;
        }
    }
}
