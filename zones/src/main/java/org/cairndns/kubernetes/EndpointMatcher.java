package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a qname that name an endpoint of a service: its own, which is the first, and those of its cluster, which
 * lie between that and the service's; only imported endpoints have them.
 */
final class EndpointMatcher {
    private final DomainName qname;
    private final int clusterPosition;
    private final int servicePosition;
    private final boolean podNames;

    /** The address whose canonical label this is, null if it is none. */
    private final @Nullable IpAddress address;

    EndpointMatcher(DomainName qname, int servicePosition, boolean podNames) {
        this.qname = qname;
        this.clusterPosition = qname.octet(0) + 1;
        this.servicePosition = servicePosition;
        this.podNames = podNames;
        String label = qname.lowerLabelAt(0);
        IpAddress parsed = DashedAddress.parse(label).orElse(null);
        this.address = parsed != null && DashedAddress.of(parsed).equals(label) ? parsed : null;
    }

    /** True if the names of all the slice's endpoints lie below the qname. */
    boolean isAbove(PackedSlice slice) {
        return slice.addresses().size() > 0 && Labels.areLastOf(slice.clusterId(), qname, 0, servicePosition);
    }

    boolean matches(PackedSlice slice, int endpoint) {
        if (!isInClusterOf(slice)) {
            return false;
        }
        PackedLabels given = EndpointName.given(slice, endpoint, podNames);
        if (given.has(endpoint)) {
            return given.isFirstOf(qname, endpoint);
        }
        return address != null && slice.addresses().get(endpoint).equals(address);
    }

    private boolean isInClusterOf(PackedSlice slice) {
        DomainName id = slice.clusterId();
        return id.length() - 1 == servicePosition - clusterPosition
                && Labels.areLastOf(id, qname, clusterPosition, servicePosition);
    }
}
