package org.cairndns.kubernetes;

import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;

/**
 * SRV records under construction, with the addresses of their targets for the additional section.
 *
 * <p>All have one weight: 100 divided by the number of pairs of address and port that came in, at least 1. CoreDNS
 * counts them before it drops equal records, so a port of a dual-stack service has weight 50.
 */
final class SrvAnswer {
    private static final int TOTAL_WEIGHT = 100;

    /** Upper bound of what a message has room for; additional records that would lead beyond it are left out. */
    private static final int MAX_OCTETS = 0xffff - 12 - DomainName.MAX_OCTETS - 4;

    private static final int RECORD_OCTETS = 2 + 10;

    /** Priority, weight, port. */
    private static final int FIXED_RDATA_OCTETS = 6;

    private record TargetPort(DomainName target, int port) {}

    private record TargetAddress(DomainName target, IpAddress address) {}

    private final Set<TargetPort> services = new LinkedHashSet<>();
    private final Set<TargetAddress> addresses = new LinkedHashSet<>();
    private int pairs;

    /** Adds what one address of a target offers on one port. */
    void add(DomainName target, int port, IpAddress address) {
        pairs++;
        services.add(new TargetPort(target, port));
        addresses.add(new TargetAddress(target, address));
    }

    /** Adds what a target of another zone offers on one port; its addresses are the client's business (RFC 2782). */
    void add(DomainName target, int port) {
        pairs++;
        services.add(new TargetPort(target, port));
    }

    /** Hands out the RDATA of each record, its names uncompressed. */
    void forEachRdata(Consumer<byte[]> consumer) {
        for (TargetPort service : services) {
            byte[] rdata = new byte[FIXED_RDATA_OCTETS + service.target.length()];
            ByteBuffer.wrap(rdata)
                    .putShort((short) 0)
                    .putShort((short) weight())
                    .putShort((short) service.port);
            service.target.copyTo(rdata, FIXED_RDATA_OCTETS);
            consumer.accept(rdata);
        }
    }

    private int weight() {
        return Math.max(1, TOTAL_WEIGHT / pairs);
    }

    /** The response, or NODATA where nothing was added. */
    LookupResult build(ZoneQuestion question, int ttlSeconds) {
        return build(question, ttlSeconds, ttlSeconds);
    }

    /** The answer, with a TTL of their own for the addresses of the targets. */
    LookupResult build(ZoneQuestion question, int ttlSeconds, int addressTtlSeconds) {
        if (services.isEmpty()) {
            return question.noData();
        }
        ResponseBuilder builder = new ResponseBuilder(question.qname());
        int weight = weight();
        int octets = 0;
        for (TargetPort service : services) {
            if (octets <= MAX_OCTETS) {
                builder.srv(Section.ANSWER, question.qname(), ttlSeconds, weight, service.port, service.target);
            }
            octets += RECORD_OCTETS + FIXED_RDATA_OCTETS + service.target.length();
        }
        for (TargetAddress address : addresses) {
            octets += RECORD_OCTETS + address.target.length() + 16;
            // RFC 2181 9: records that are merely useful are left out rather than truncated.
            if (octets <= MAX_OCTETS) {
                builder.address(Section.ADDITIONAL, address.target, addressTtlSeconds, address.address.octets());
            }
        }
        Response response = builder.build();
        return new LookupResult.Found(response);
    }
}
