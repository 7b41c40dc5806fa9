package org.cairndns.kubernetes;

import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.ReverseName;

/**
 * How services are served by their external addresses.
 *
 * @param zones zones to answer for; PTR targets lie in the first one that is no reverse zone
 * @param apexLabel label below the apex of a zone that the name of its server is under
 * @param ttlSeconds TTL of records and of negative answers, 0..3600
 * @param headless true if the endpoints of headless services without external addresses are served too
 */
public record ExternalZoneOptions(List<DomainName> zones, String apexLabel, int ttlSeconds, boolean headless) {
    public static final String DEFAULT_APEX_LABEL = "dns";
    public static final int DEFAULT_TTL_SECONDS = 5;
    public static final int MAX_TTL_SECONDS = 3600;

    public ExternalZoneOptions {
        zones = List.copyOf(zones);
        if (ttlSeconds < 0 || ttlSeconds > MAX_TTL_SECONDS) {
            throw new IllegalArgumentException("ttl " + ttlSeconds + " is not in 0.." + MAX_TTL_SECONDS + " seconds");
        }
    }

    /** The zone in which the targets of PTR records lie; the root where there are only reverse zones. */
    DomainName primaryZone() {
        return zones.stream()
                .filter(zone -> !ReverseName.isReverseZone(zone))
                .findFirst()
                .orElse(DomainName.ROOT);
    }
}
