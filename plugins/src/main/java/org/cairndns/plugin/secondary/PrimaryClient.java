package org.cairndns.plugin.secondary;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryWriter;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Soa;
import org.cairndns.wire.TransferReader;
import org.cairndns.wire.Transport;
import org.cairndns.zone.data.Zone;
import org.cairndns.zone.data.ZoneDraft;
import org.cairndns.zone.data.ZoneException;

/**
 * Questions to the primaries of zones over TCP, within limits.
 *
 * <p>Blocks; one call at a time. {@link #close} from another thread ends one that is under way.
 */
final class PrimaryClient implements AutoCloseable {
    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final ListenerInfo NOWHERE = new ListenerInfo(Transport.TCP, "", NOBODY);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int FIXED_OCTETS = 10;

    private final TransferLimits limits;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;

    /** The connection in use; guarded by this object's lock. */
    private Socket socket = new Socket();

    private boolean closed;

    PrimaryClient(TransferLimits limits, LongSupplier nanoTime, RandomGenerator random) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /**
     * Serial of a primary's zone, 0..2^32-1.
     *
     * @throws IOException also for an answer without it
     */
    long serial(DomainName apex, InetSocketAddress primary) throws IOException {
        try (Exchange exchange = new Exchange(apex, RecordType.SOA, primary)) {
            for (ResourceRecord record : exchange.next()) {
                if (record.type() == RecordType.SOA && record.owner().equals(apex)) {
                    return Soa.of(record.rdata()).serial();
                }
            }
            throw new IOException("answer without SOA record");
        }
    }

    /**
     * A primary's zone by AXFR (RFC 5936).
     *
     * @throws IOException also for a stream that is no whole zone, or goes beyond the limits
     * @throws ZoneException for records that make no zone
     */
    Zone transfer(DomainName apex, InetSocketAddress primary) throws IOException, ZoneException {
        ZoneDraft draft = new ZoneDraft(apex);
        long serial = -1;
        int records = 0;
        long octets = 0;
        try (Exchange exchange = new Exchange(apex, RecordType.AXFR, primary)) {
            while (true) {
                List<ResourceRecord> message = exchange.next();
                if (message.isEmpty()) {
                    throw new IOException("message without records in the transfer");
                }
                for (ResourceRecord record : message) {
                    octets += record.owner().length() + FIXED_OCTETS + record.rdata().length;
                    if (++records > limits.records() || octets > limits.octets()) {
                        throw new IOException(
                                "zone is over " + limits.records() + " records or " + limits.octets() + " octets");
                    }
                    boolean soa = record.type() == RecordType.SOA;
                    if (records == 1 && !soa) {
                        throw new IOException(
                                "transfer starts with " + RecordType.text(record.type()) + ", expected SOA");
                    }
                    draft.add(record);
                    long found = soa ? Soa.of(record.rdata()).serial() : serial;
                    if (soa && records > 1) {
                        return whole(draft, serial, found);
                    }
                    serial = found;
                }
            }
        }
    }

    private static Zone whole(ZoneDraft draft, long first, long last) throws IOException, ZoneException {
        // RFC 5936 2.2: both ends are the same record; else the zone changed on the way.
        if (first != last) {
            throw new IOException("transfer from serial " + first + " to " + last);
        }
        return draft.build();
    }

    /** Ends the question under way, and all later ones. */
    @Override
    public synchronized void close() {
        closed = true;
        closeSocket();
    }

    private synchronized Socket open() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        socket = new Socket();
        return socket;
    }

    private synchronized void closeSocket() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing is lost with it.
        }
    }

    /** One question on a connection of its own, and the messages that come back. */
    private final class Exchange implements AutoCloseable {
        private final Query query;
        private final int id = random.nextInt(1 << 16);
        private final long deadlineNanos = nanoTime.getAsLong() + limits.total().toNanos();
        private final Socket connection;
        private final DataInputStream in;

        Exchange(DomainName apex, int type, InetSocketAddress primary) throws IOException {
            this.query = Query.of(apex, type, NOBODY, NOWHERE).withRecursionDesired(false);
            this.connection = open();
            try {
                connection.connect(primary, (int) limits.connect().toMillis());
                ByteBuf out = Unpooled.buffer();
                out.writeShort(QueryWriter.octets(query));
                QueryWriter.write(query, id, out);
                connection.getOutputStream().write(out.array(), 0, out.writerIndex());
                this.in = new DataInputStream(new TimedStream());
            } catch (IOException e) {
                closeSocket();
                throw e;
            }
        }

        List<ResourceRecord> next() throws IOException {
            try {
                byte[] message = new byte[in.readUnsignedShort()];
                in.readFully(message);
                return TransferReader.read(message, id, query);
            } catch (EOFException e) {
                throw new IOException("connection ended in front of the last record", e);
            } catch (BadMessageException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            closeSocket();
        }

        /** What arrives, until it takes too long. */
        private final class TimedStream extends InputStream {
            @Override
            public int read() throws IOException {
                byte[] octet = new byte[1];
                return read(octet, 0, 1) < 0 ? -1 : octet[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                long leftMillis = (deadlineNanos - nanoTime.getAsLong()) / NANOS_PER_MILLI;
                if (leftMillis <= 0) {
                    throw new SocketTimeoutException("not done after " + limits.total());
                }
                connection.setSoTimeout((int) Math.min(limits.silence().toMillis(), leftMillis));
                return connection.getInputStream().read(target, offset, length);
            }
        }
    }
}
