package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;

/**
 * Endpoints in packed form, those of IPv4 first, each family in the order given; entries are made when they are asked for.
 *
 * <p>Immutable, any thread. Its arrays are not to be changed.
 */
public final class PackedEndpoints extends AbstractList<EndpointEntry> {
    private static final KeptFields EVERYTHING = new KeptFields(true, true, true, KeptFields.PodLabels.NONE);
    private static final String[] NO_ZONES = new String[0];

    private final Addresses addresses;
    private final PackedLabels hostnames;

    /** The hostnames themselves where both are the same, as in a StatefulSet. */
    private final PackedLabels podNames;

    /** A zone per endpoint, empty where it has none; an empty array where no endpoint has one. */
    private final String[] zones;

    PackedEndpoints(Addresses addresses, PackedLabels hostnames, PackedLabels podNames, String[] zones) {
        this.addresses = addresses;
        this.hostnames = hostnames;
        this.podNames = podNames.equals(hostnames) ? hostnames : podNames;
        this.zones = zones;
    }

    /** The endpoints of a list with all that it says of them. */
    public static PackedEndpoints of(List<EndpointEntry> list) {
        return of(list, EVERYTHING);
    }

    /** The endpoints of a list with what is kept of them. */
    static PackedEndpoints of(List<EndpointEntry> list, KeptFields kept) {
        if (list instanceof PackedEndpoints packed) {
            return packed.kept(kept);
        }
        List<EndpointEntry> endpoints = ipv4First(list);
        List<InetAddress> addresses = new ArrayList<>(endpoints.size());
        for (EndpointEntry endpoint : endpoints) {
            addresses.add(endpoint.address());
        }
        return new PackedEndpoints(
                Addresses.of(addresses),
                PackedLabels.of(endpoints, EndpointEntry::hostname),
                kept.podNames() ? PackedLabels.of(endpoints, EndpointEntry::podName) : PackedLabels.NONE,
                kept.zones() ? zones(endpoints) : NO_ZONES);
    }

    /**
     * Endpoints of columns.
     *
     * @param ipv4 IPv4 addresses
     * @param ipv6 IPv6 addresses behind them, upper and lower half in turn
     * @param hostnames as {@link #hostnameLabels} gives them
     * @param podNames the same
     * @param zones one for each, or none at all
     * @throws IllegalArgumentException if a column does not fit
     */
    public static PackedEndpoints ofColumns(
            int[] ipv4, long[] ipv6, Labels hostnames, Labels podNames, String[] zones) {
        Addresses addresses = Addresses.ofBits(ipv4, ipv6);
        if (zones.length != 0 && zones.length != addresses.size()) {
            throw new IllegalArgumentException(zones.length + " zones for " + addresses.size() + " endpoints");
        }
        return new PackedEndpoints(
                addresses,
                PackedLabels.ofOctets(addresses.size(), hostnames.prefixOctets, hostnames.octets),
                PackedLabels.ofOctets(addresses.size(), podNames.prefixOctets, podNames.octets),
                zones);
    }

    /**
     * A label, or none, for each endpoint: what all begin with, the end of each one's rest in three octets, the rests.
     *
     * @param prefixOctets size of what all begin with
     * @param octets without any where no endpoint has a label
     */
    public record Labels(int prefixOctets, byte[] octets) {
        /** No labels. */
        public static final Labels NONE = new Labels(0, new byte[0]);
    }

    /** IPv4 addresses. */
    public int[] ipv4() {
        return addresses.ipv4Bits();
    }

    /** IPv6 addresses, upper and lower half in turn. */
    public long[] ipv6() {
        return addresses.ipv6Bits();
    }

    /** The hostnames that the API gives the endpoints. */
    public Labels hostnameLabels() {
        return hostnames.toOctets();
    }

    /** Names of the endpoints' pods. */
    public Labels podNameLabels() {
        return podNames.toOctets();
    }

    /** Zones of the endpoints, none where no endpoint has one. */
    public String[] zones() {
        return zones;
    }

    @Override
    public EndpointEntry get(int index) {
        return new EndpointEntry(
                addresses.get(index).toInetAddress(), hostnames.text(index), podNames.text(index), zone(index));
    }

    @Override
    public int size() {
        return addresses.size();
    }

    private PackedEndpoints kept(KeptFields kept) {
        boolean names = kept.podNames() || podNames.equals(PackedLabels.NONE);
        boolean areas = kept.zones() || zones.length == 0;
        return names && areas
                ? this
                : new PackedEndpoints(
                        addresses, hostnames, names ? podNames : PackedLabels.NONE, areas ? zones : NO_ZONES);
    }

    Addresses addresses() {
        return addresses;
    }

    PackedLabels hostnames() {
        return hostnames;
    }

    PackedLabels podNames() {
        return podNames;
    }

    private String zone(int index) {
        return zones.length == 0 ? "" : zones[index];
    }

    private static List<EndpointEntry> ipv4First(List<EndpointEntry> endpoints) {
        boolean mixed = false;
        for (EndpointEntry endpoint : endpoints) {
            mixed |= Addresses.isIpv4(endpoint.address())
                    != Addresses.isIpv4(endpoints.getFirst().address());
        }
        // The API has slices of one family only.
        return mixed ? sortedByFamily(endpoints) : endpoints;
    }

    private static List<EndpointEntry> sortedByFamily(List<EndpointEntry> endpoints) {
        List<EndpointEntry> sorted = new ArrayList<>(endpoints.size());
        for (EndpointEntry endpoint : endpoints) {
            if (Addresses.isIpv4(endpoint.address())) {
                sorted.add(endpoint);
            }
        }
        for (EndpointEntry endpoint : endpoints) {
            if (!Addresses.isIpv4(endpoint.address())) {
                sorted.add(endpoint);
            }
        }
        return sorted;
    }

    private static String[] zones(List<EndpointEntry> endpoints) {
        String[] zones = new String[endpoints.size()];
        boolean any = false;
        for (int i = 0; i < zones.length; i++) {
            zones[i] = endpoints.get(i).zone().intern();
            any |= !zones[i].isEmpty();
        }
        return any ? zones : NO_ZONES;
    }
}
