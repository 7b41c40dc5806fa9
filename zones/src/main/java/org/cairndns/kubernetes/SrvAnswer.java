package org.cairndns.kubernetes;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;
import org.jspecify.annotations.Nullable;

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

    private record TargetPort(String endpoint, int port) {}

    private record TargetAddress(String endpoint, IpAddress address) {}

    private final DomainName base;
    private final Map<String, DomainName> targets = new LinkedHashMap<>();
    private final Set<TargetPort> services = new LinkedHashSet<>();
    private final Set<TargetAddress> addresses = new LinkedHashSet<>();
    private int pairs;

    /** An empty answer. */
    SrvAnswer(DomainName base) {
        this.base = base;
    }

    /**
     * Adds what one address offers on one port.
     *
     * @param endpoint label in front of the base name in the target, empty for the base name itself
     */
    void add(String endpoint, int port, IpAddress address) {
        if (targets.containsKey(endpoint) || target(endpoint) != null) {
            pairs++;
            services.add(new TargetPort(endpoint, port));
            addresses.add(new TargetAddress(endpoint, address));
        }
    }

    private @Nullable DomainName target(String endpoint) {
        DomainName target = endpoint.isEmpty() ? base : Labels.prepend(endpoint, base);
        if (target != null) {
            targets.put(endpoint, target);
        }
        return target;
    }

    /** The response, or NODATA where nothing was added. */
    LookupResult build(ZoneQuestion question, int ttlSeconds) {
        if (services.isEmpty()) {
            return question.noData();
        }
        ResponseBuilder builder = new ResponseBuilder(question.qname());
        int weight = Math.max(1, TOTAL_WEIGHT / pairs);
        int octets = 0;
        for (TargetPort service : services) {
            DomainName target = targets.getOrDefault(service.endpoint, base);
            if (octets <= MAX_OCTETS) {
                builder.srv(Section.ANSWER, question.qname(), ttlSeconds, weight, service.port, target);
            }
            octets += RECORD_OCTETS + 6 + target.length();
        }
        for (TargetAddress address : addresses) {
            DomainName target = targets.getOrDefault(address.endpoint, base);
            octets += RECORD_OCTETS + target.length() + 16;
            // RFC 2181 9: records that are merely useful are left out rather than truncated.
            if (octets <= MAX_OCTETS) {
                builder.address(Section.ADDITIONAL, target, ttlSeconds, address.address.octets());
            }
        }
        Response response = builder.build();
        return new LookupResult.Found(response);
    }
}
