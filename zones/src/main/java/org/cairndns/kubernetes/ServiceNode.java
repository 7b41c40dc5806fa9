package org.cairndns.kubernetes;

import java.util.Arrays;
import java.util.Objects;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * Everything DNS knows of one service at one moment: the service's own fields and its EndpointSlices.
 *
 * <p>Immutable but for a cache; any thread. A change of service or slices makes a new node, so an answer made from one
 * node is never a mixture of states.
 */
final class ServiceNode {
    private static final PortEntry[] NO_PORTS = new PortEntry[0];
    private static final PackedSlice[] NO_SLICES = new PackedSlice[0];

    /** No service, no slices. */
    static final ServiceNode NOTHING = new ServiceNode(null, Addresses.NONE, null, NO_PORTS, NO_SLICES);

    /** Null as long as only slices of the service are known. */
    private final @Nullable ServiceKind kind;

    private final Addresses clusterIps;
    private final @Nullable DomainName alias;
    private final PortEntry[] ports;
    private final PackedSlice[] slices;

    /** Set by readers; any of several equal values may stay. */
    private @Nullable RenderedAddresses rendered;

    private ServiceNode(
            @Nullable ServiceKind kind,
            Addresses clusterIps,
            @Nullable DomainName alias,
            PortEntry[] ports,
            PackedSlice[] slices) {
        this.kind = kind;
        this.clusterIps = clusterIps;
        this.alias = alias;
        this.ports = ports;
        this.slices = slices;
    }

    /** This node with another form of the service. */
    ServiceNode withService(ServiceEntry entry, Interner interner) {
        boolean clusterIp = entry.kind() == ServiceKind.CLUSTER_IP;
        boolean external = entry.kind() == ServiceKind.EXTERNAL_NAME;
        return new ServiceNode(
                entry.kind(),
                clusterIp ? Addresses.of(entry.clusterIps()) : Addresses.NONE,
                external ? aliasOf(entry.externalName()) : null,
                interner.ports(entry.ports()),
                slices);
    }

    /** This node without the service, its slices kept. */
    ServiceNode withoutService() {
        return new ServiceNode(null, Addresses.NONE, null, NO_PORTS, slices);
    }

    /** This node with {@code next} in the place of {@code previous}; null for a slice that is new, or gone. */
    ServiceNode withSlice(@Nullable PackedSlice previous, @Nullable PackedSlice next) {
        PackedSlice[] changed = new PackedSlice[slices.length + (previous == null ? 1 : 0) - (next == null ? 1 : 0)];
        int at = 0;
        boolean placed = false;
        for (PackedSlice slice : slices) {
            if (slice != previous) {
                changed[at++] = slice;
            } else if (next != null) {
                changed[at++] = next;
                placed = true;
            }
        }
        if (next != null && !placed) {
            changed[at] = next;
        }
        return new ServiceNode(kind, clusterIps, alias, ports, changed.length == 0 ? NO_SLICES : changed);
    }

    /** The target of an ExternalName service; null where the text is no name for an alias to point to. */
    private static @Nullable DomainName aliasOf(String externalName) {
        // An IP literal is a name made of digits by the API's documentation; like CoreDNS we serve no alias to it.
        if (IpAddress.parse(externalName).isPresent()) {
            return null;
        }
        DomainName target = Labels.name(externalName);
        return target.equals(DomainName.ROOT) ? null : target;
    }

    @Nullable
    ServiceKind kind() {
        return kind;
    }

    boolean isEmpty() {
        return kind == null && slices.length == 0;
    }

    Addresses clusterIps() {
        return clusterIps;
    }

    @Nullable
    DomainName alias() {
        return alias;
    }

    /** The service's ports; not to be changed. */
    PortEntry[] ports() {
        return ports;
    }

    /** The slices in the order in which they came; not to be changed. */
    PackedSlice[] slices() {
        return slices;
    }

    /** True if a slice has an endpoint. */
    boolean hasEndpoints() {
        for (PackedSlice slice : slices) {
            if (slice.addresses().size() > 0) {
                return true;
            }
        }
        return false;
    }

    /** True if a query for A, or AAAA, at the service's name gets addresses: its own, or without own ones its endpoints'. */
    boolean hasFamily(boolean ipv4) {
        if (kind == ServiceKind.CLUSTER_IP) {
            return clusterIps.hasFamily(ipv4);
        }
        for (PackedSlice slice : slices) {
            if (slice.addresses().hasFamily(ipv4)) {
                return true;
            }
        }
        return false;
    }

    /** True if an endpoint has this address. */
    boolean hasEndpoint(IpAddress address) {
        for (PackedSlice slice : slices) {
            if (slice.addresses().contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** True if the service or one of its endpoints has this address. */
    boolean hasAddress(IpAddress address) {
        return clusterIps.contains(address) || hasEndpoint(address);
    }

    /** True if both nodes say the same of the service itself, whatever their slices. */
    boolean sameService(ServiceNode other) {
        return kind == other.kind
                && clusterIps.equals(other.clusterIps)
                && Objects.equals(alias, other.alias)
                && Arrays.equals(ports, other.ports);
    }

    @Nullable
    RenderedAddresses rendered() {
        return rendered;
    }

    void keepRendered(RenderedAddresses answers) {
        rendered = answers;
    }
}
