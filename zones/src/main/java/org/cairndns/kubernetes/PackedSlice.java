package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;

/**
 * Ready endpoints of one EndpointSlice in packed form: those of IPv4 first, each family in the order of the API.
 *
 * <p>Immutable, any thread.
 */
final class PackedSlice {
    private static final String[] NO_NAMES = new String[0];

    private final DomainName clusterId;
    private final PortEntry[] ports;
    private final Addresses addresses;

    /** A name per endpoint, empty where it has none; an empty array where no endpoint has one. */
    private final String[] hostnames;

    private final String[] podNames;
    private final String[] zones;

    private PackedSlice(
            DomainName clusterId,
            PortEntry[] ports,
            Addresses addresses,
            String[] hostnames,
            String[] podNames,
            String[] zones) {
        this.clusterId = clusterId;
        this.ports = ports;
        this.addresses = addresses;
        this.hostnames = hostnames;
        this.podNames = podNames;
        this.zones = zones;
    }

    static PackedSlice of(SliceEntry entry, DomainName clusterId, KeptFields kept, Interner interner) {
        List<EndpointEntry> endpoints = ipv4First(entry.endpoints());
        List<InetAddress> addresses = new ArrayList<>(endpoints.size());
        for (EndpointEntry endpoint : endpoints) {
            addresses.add(endpoint.address());
        }
        return new PackedSlice(
                clusterId,
                interner.ports(entry.ports()),
                Addresses.of(addresses),
                names(endpoints, EndpointEntry::hostname),
                kept.podNames() ? names(endpoints, EndpointEntry::podName) : NO_NAMES,
                kept.zones() ? names(endpoints, endpoint -> endpoint.zone().intern()) : NO_NAMES);
    }

    private static List<EndpointEntry> ipv4First(List<EndpointEntry> endpoints) {
        List<EndpointEntry> sorted = new ArrayList<>(endpoints.size());
        for (EndpointEntry endpoint : endpoints) {
            if (IpAddress.of(endpoint.address()).isIpv4()) {
                sorted.add(endpoint);
            }
        }
        for (EndpointEntry endpoint : endpoints) {
            if (!IpAddress.of(endpoint.address()).isIpv4()) {
                sorted.add(endpoint);
            }
        }
        return sorted;
    }

    private static String[] names(List<EndpointEntry> endpoints, Function<EndpointEntry, String> name) {
        String[] names = new String[endpoints.size()];
        boolean any = false;
        for (int i = 0; i < names.length; i++) {
            names[i] = name.apply(endpoints.get(i));
            any |= !names[i].isEmpty();
        }
        return any ? names : NO_NAMES;
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

    /** The hostname that the API gives the endpoint, empty if none. */
    String hostname(int index) {
        return hostnames.length == 0 ? "" : hostnames[index];
    }

    /** Name of the endpoint's pod, empty if it has none or pod names are not kept. */
    String podName(int index) {
        return podNames.length == 0 ? "" : podNames[index];
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
                && Arrays.equals(hostnames, other.hostnames)
                && Arrays.equals(podNames, other.podNames)
                && Arrays.equals(zones, other.zones);
    }
}
