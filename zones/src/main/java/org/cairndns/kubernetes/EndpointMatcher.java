package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/** The label of a qname that names an endpoint. */
final class EndpointMatcher {
    private final DomainName qname;
    private final int position;
    private final boolean podNames;

    /** The address whose canonical label this is, null if it is none. */
    private final @Nullable IpAddress address;

    EndpointMatcher(DomainName qname, int position, boolean podNames) {
        this.qname = qname;
        this.position = position;
        this.podNames = podNames;
        String label = qname.lowerLabelAt(position);
        IpAddress parsed = DashedAddress.parse(label).orElse(null);
        this.address = parsed != null && DashedAddress.of(parsed).equals(label) ? parsed : null;
    }

    boolean matches(PackedSlice slice, int endpoint) {
        String given = EndpointName.given(slice, endpoint, podNames);
        if (!given.isEmpty()) {
            return Labels.equal(qname, position, given);
        }
        return address != null && slice.addresses().get(endpoint).equals(address);
    }
}
