package org.cairndns.kubernetes;

import java.util.Arrays;
import org.cairndns.wire.DomainName;

/**
 * Ready endpoints of one EndpointSlice in packed form: those of IPv4 first, each family in the order of the API.
 *
 * <p>Immutable, any thread.
 */
final class PackedSlice {
    private final DomainName clusterId;
    private final PortEntry[] ports;
    private final Addresses addresses;

    private final PackedLabels hostnames;

    /** The hostnames themselves where both are the same, as in a StatefulSet. */
    private final PackedLabels podNames;

    /** A zone per endpoint, empty where it has none; an empty array where no endpoint has one. */
    private final String[] zones;

    private PackedSlice(
            DomainName clusterId,
            PortEntry[] ports,
            Addresses addresses,
            PackedLabels hostnames,
            PackedLabels podNames,
            String[] zones) {
        this.clusterId = clusterId;
        this.ports = ports;
        this.addresses = addresses;
        this.hostnames = hostnames;
        this.podNames = podNames;
        this.zones = zones;
    }

    static PackedSlice of(SliceEntry entry, DomainName clusterId, KeptFields kept, Interner interner) {
        PackedEndpoints endpoints = PackedEndpoints.of(entry.endpoints(), kept);
        return new PackedSlice(
                clusterId,
                interner.ports(entry.ports()),
                endpoints.addresses(),
                endpoints.hostnames(),
                endpoints.podNames(),
                endpoints.zones());
    }

    /** The endpoints by themselves. */
    PackedEndpoints endpoints() {
        return new PackedEndpoints(addresses, hostnames, podNames, zones);
    }

    /** The labels by which the clusterset knows the endpoints' cluster; the root for slices of a service of this cluster. */
    DomainName clusterId() {
        return clusterId;
    }

    /** The ports in the order of the API; not to be changed. */
    PortEntry[] ports() {
        return ports;
    }

    Addresses addresses() {
        return addresses;
    }

    /** The hostnames that the API gives the endpoints. */
    PackedLabels hostnames() {
        return hostnames;
    }

    /** Names of the endpoints' pods; none where pod names are not kept. */
    PackedLabels podNames() {
        return podNames;
    }

    /** Topology zone of the endpoint, empty if it is in none or zones are not kept. */
    String zone(int index) {
        return zones.length == 0 ? "" : zones[index];
    }

    /** True if both say the same; they stay two slices. */
    boolean sameAs(PackedSlice other) {
        return clusterId.equals(other.clusterId)
                && Arrays.equals(ports, other.ports)
                && addresses.equals(other.addresses)
                && hostnames.equals(other.hostnames)
                && podNames.equals(other.podNames)
                && Arrays.equals(zones, other.zones);
    }
}
