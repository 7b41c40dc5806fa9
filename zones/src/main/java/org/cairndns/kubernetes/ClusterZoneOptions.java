package org.cairndns.kubernetes;

import java.util.List;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.ReverseName;

/**
 * How the objects of a cluster are served.
 *
 * @param zones zones to answer for; the first one that is neither a reverse nor a multicluster zone is the primary zone, in
 *     which PTR targets lie
 * @param ttlSeconds TTL of records, 0..3600
 * @param negativeTtlSeconds how long clients may remember that there is nothing, 0..3600
 * @param podMode which pod names exist
 * @param namespaces namespaces that are visible, empty for all
 * @param ignoreEmptyService true if a service with cluster IPs but without ready endpoints has no name
 * @param endpointPodNames true if an endpoint without hostname goes by the name of its pod
 * @param zonal true if headless services have names for the endpoints of one topology zone
 * @param multiclusterZones those of the zones whose services are the ones imported from the clusterset
 */
public record ClusterZoneOptions(
        List<DomainName> zones,
        int ttlSeconds,
        int negativeTtlSeconds,
        PodMode podMode,
        Set<String> namespaces,
        boolean ignoreEmptyService,
        boolean endpointPodNames,
        boolean zonal,
        Set<DomainName> multiclusterZones) {
    public static final int DEFAULT_TTL_SECONDS = 5;
    public static final int MAX_TTL_SECONDS = 3600;

    /** The largest TTL of negative responses that nobody asked for: a service asked for too early is found soon. */
    public static final int DEFAULT_NEGATIVE_TTL_SECONDS = 5;

    /** Room for three labels of an endpoint, {@code svc} and their length octets in front of a zone. */
    private static final int MAX_ZONE_OCTETS = DomainName.MAX_OCTETS - 3 * (DomainName.MAX_LABEL_OCTETS + 1) - 4;

    public ClusterZoneOptions {
        zones = List.copyOf(zones);
        namespaces = Set.copyOf(namespaces);
        if (zones.stream().allMatch(ReverseName::isReverseZone)) {
            throw new IllegalArgumentException("at least one zone that is not a reverse zone is needed, got " + zones);
        }
        for (DomainName zone : zones) {
            if (zone.length() > MAX_ZONE_OCTETS) {
                throw new IllegalArgumentException("zone " + zone + " has more than " + MAX_ZONE_OCTETS
                        + " octets, no room for names of services");
            }
        }
        multiclusterZones = Set.copyOf(multiclusterZones);
        if (!zones.containsAll(multiclusterZones)) {
            throw new IllegalArgumentException("multicluster zones " + multiclusterZones + " are not all in " + zones);
        }
        checkTtl("ttl", ttlSeconds);
        checkTtl("negative TTL", negativeTtlSeconds);
    }

    /** Options without multicluster zones and names of topology zones. */
    public ClusterZoneOptions(
            List<DomainName> zones,
            int ttlSeconds,
            int negativeTtlSeconds,
            PodMode podMode,
            Set<String> namespaces,
            boolean ignoreEmptyService,
            boolean endpointPodNames) {
        this(
                zones,
                ttlSeconds,
                negativeTtlSeconds,
                podMode,
                namespaces,
                ignoreEmptyService,
                endpointPodNames,
                false,
                Set.of());
    }

    /** These options with some of the zones as multicluster zones. */
    public ClusterZoneOptions withMulticlusterZones(Set<DomainName> some) {
        return new ClusterZoneOptions(
                zones,
                ttlSeconds,
                negativeTtlSeconds,
                podMode,
                namespaces,
                ignoreEmptyService,
                endpointPodNames,
                zonal,
                some);
    }

    /** These options with or without names for topology zones. */
    public ClusterZoneOptions withZonal(boolean some) {
        return new ClusterZoneOptions(
                zones,
                ttlSeconds,
                negativeTtlSeconds,
                podMode,
                namespaces,
                ignoreEmptyService,
                endpointPodNames,
                some,
                multiclusterZones);
    }

    private static void checkTtl(String what, int seconds) {
        if (seconds < 0 || seconds > MAX_TTL_SECONDS) {
            throw new IllegalArgumentException(what + " " + seconds + " is not in 0.." + MAX_TTL_SECONDS + " seconds");
        }
    }

    /** Options for these zones, everything else as CoreDNS has it by default. */
    public static ClusterZoneOptions of(List<DomainName> zones) {
        return new ClusterZoneOptions(
                zones, DEFAULT_TTL_SECONDS, DEFAULT_NEGATIVE_TTL_SECONDS, PodMode.DISABLED, Set.of(), false, false);
    }

    /** The zone in which the targets of PTR and NS records lie. */
    public DomainName primaryZone() {
        List<DomainName> forward =
                zones.stream().filter(zone -> !ReverseName.isReverseZone(zone)).toList();
        return forward.stream()
                // Unlike CoreDNS, as names of this cluster's services lead nowhere in the others.
                .filter(zone -> !multiclusterZones.contains(zone))
                .findFirst()
                .orElse(forward.getFirst());
    }
}
