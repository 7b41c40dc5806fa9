package org.cairndns.plugin.cache;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseReader;

/** Entries of any size, made without dnsjava so that many are made fast. */
final class TestEntries {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.1.2.3", 40001);
    private static final int QR_RD_RA = 0x8180;
    private static final int AD = 0x0020;
    private static final int POINTER_TO_QNAME = 0xc00c;
    private static final int TTL_SECONDS = 300;
    private static final int RECORD_HEAD_OCTETS = 12;

    private TestEntries() {}

    record Stored(CacheKey key, CachedResponse entry) {}

    /** The configuration of {@code cache} without options. */
    static CacheConfig config() {
        return new CacheConfig(
                List.of("."),
                new CacheConfig.Limits(10_000, 3600, 5, List.of()),
                new CacheConfig.Limits(10_000, 1800, 5, List.of()),
                5,
                new CacheConfig.Prefetch(0, Duration.ofMinutes(1).toNanos(), 10),
                CacheConfig.ServeStale.OFF,
                0,
                0,
                false);
    }

    /** An entry stored at time 0 with one record. */
    static Stored of(CacheCounters counters, String name, int recordOctets, boolean authenticData) {
        Query query = Query.of(DomainName.of(name), RecordType.TXT, CLIENT, Queries.UDP);
        Response response = response(query, recordOctets, authenticData);
        CachedResponse.Origin origin = new CachedResponse.Origin(false, true, counters, null);
        return new Stored(
                CacheKey.of(query), new CachedResponse(response.withTtl(TTL_SECONDS), origin, TTL_SECONDS, 0));
    }

    private static Response response(Query query, int recordOctets, boolean authenticData) {
        ByteBuf message = Unpooled.buffer(query.qname().length() + recordOctets + 32);
        message.writeShort(1).writeShort(QR_RD_RA | (authenticData ? AD : 0));
        message.writeShort(1).writeShort(1).writeInt(0);
        query.qname().writeTo(message);
        message.writeShort(query.qtype()).writeShort(query.qclass());
        message.writeShort(POINTER_TO_QNAME).writeShort(query.qtype()).writeShort(query.qclass());
        message.writeInt(TTL_SECONDS).writeShort(recordOctets - RECORD_HEAD_OCTETS);
        message.writeZero(recordOctets - RECORD_HEAD_OCTETS);
        try {
            return ResponseReader.read(message, 1, query);
        } catch (BadMessageException e) {
            throw new AssertionError(e);
        }
    }
}
