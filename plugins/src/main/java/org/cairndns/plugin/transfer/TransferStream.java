package org.cairndns.plugin.transfer;

import java.util.Iterator;
import java.util.Optional;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.wire.Query;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one transfer: the SOA, the other records, the SOA again (RFC 5936 2.2).
 *
 * <p>A message ends where names can no longer be compressed (RFC 1035 4.1.4). CoreDNS's are four times as large, which
 * makes transfers longer on the wire, and other queries wait longer for the event loop.
 */
final class TransferStream implements ResponseStream {
    private static final PluginLog LOG = PluginLog.of("transfer");

    /** A record over this limit has a message of its own. */
    static final int MAX_OCTETS = 0x3fff;

    /** Type, class, TTL, length of the RDATA. */
    private static final int FIXED_OCTETS = 10;

    private final Query query;
    private final ResourceRecord soa;
    private final Runnable onClose;
    private final Iterator<ResourceRecord> records;

    /** The record that comes next, null behind the last one. */
    private @Nullable ResourceRecord pending;

    private boolean ended;
    private long count;

    /**
     * @param onClose told once when the stream is closed
     */
    TransferStream(Query query, TransferableZone.Ready zone, Runnable onClose) {
        this.query = query;
        this.soa = zone.soa();
        this.onClose = onClose;
        this.records = zone.records().iterator();
        this.pending = soa;
    }

    @Override
    public Optional<Response> next() {
        ResourceRecord first = pending;
        if (first == null) {
            return Optional.empty();
        }
        ResponseBuilder builder = new ResponseBuilder(query.qname());
        for (ResourceRecord record = first; record != null && fits(record, builder); record = pending) {
            builder.add(record.in(Section.ANSWER));
            count++;
            pending = following();
        }
        Response response = builder.build();
        if (response.truncated()) {
            throw new IllegalStateException("a record of the zone does not fit into a message");
        }
        return Optional.of(response);
    }

    private static boolean fits(ResourceRecord record, ResponseBuilder builder) {
        int octets = record.owner().length() + FIXED_OCTETS + record.rdata().length;
        return builder.count(Section.ANSWER) == 0 || builder.octets() + octets <= MAX_OCTETS;
    }

    private @Nullable ResourceRecord following() {
        if (records.hasNext()) {
            return records.next();
        }
        if (!ended) {
            ended = true;
            return soa;
        }
        return null;
    }

    @Override
    public void close() {
        onClose.run();
        String to = query.client().getAddress().getHostAddress();
        long serial = Soa.of(soa.rdata()).serial();
        if (pending == null) {
            LOG.info("Outgoing transfer of " + count + " records of zone \"" + query.qname() + "\" to " + to + " for "
                    + serial + " SOA serial");
        } else {
            LOG.warn("Outgoing transfer of zone \"" + query.qname() + "\" to " + to + " for " + serial
                    + " SOA serial broke off after " + count + " records");
        }
    }
}
