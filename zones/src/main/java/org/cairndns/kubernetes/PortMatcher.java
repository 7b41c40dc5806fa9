package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;

/**
 * Labels of a qname that name a port and its protocol, each with or without its underscore, which CoreDNS takes too.
 */
final class PortMatcher {
    private final DomainName qname;
    private final int portFrom;
    private final int portOctets;
    private final int protocolFrom;
    private final int protocolOctets;

    PortMatcher(DomainName qname, int portPosition, int protocolPosition) {
        this.qname = qname;
        this.portFrom = from(qname, portPosition);
        this.portOctets = octets(qname, portPosition);
        this.protocolFrom = from(qname, protocolPosition);
        this.protocolOctets = octets(qname, protocolPosition);
    }

    /** True for the port of that name; an unnamed port has no name of its own (Kubernetes DNS 1.1.0, 2.3.2). */
    boolean matches(PortEntry port) {
        return isNamed(port)
                && Labels.equal(qname, portFrom, portOctets, port.name())
                && Labels.equal(qname, protocolFrom, protocolOctets, port.protocol());
    }

    /** True if one of the ports matches. */
    boolean matchesAny(PortEntry[] ports) {
        for (PortEntry port : ports) {
            if (matches(port)) {
                return true;
            }
        }
        return false;
    }

    /** True if names of one of the ports lie below the label, so that it is an empty non-terminal (RFC 8020 2). */
    static boolean isProtocolOfAny(DomainName qname, int position, PortEntry[] ports) {
        int from = from(qname, position);
        int octets = octets(qname, position);
        for (PortEntry port : ports) {
            if (isNamed(port) && Labels.equal(qname, from, octets, port.protocol())) {
                return true;
            }
        }
        return false;
    }

    static boolean isNamed(PortEntry port) {
        return !port.name().isEmpty();
    }

    private static int from(DomainName qname, int position) {
        return position + 1 + (hasUnderscore(qname, position) ? 1 : 0);
    }

    private static int octets(DomainName qname, int position) {
        return qname.octet(position) - (hasUnderscore(qname, position) ? 1 : 0);
    }

    /** True if the label starts with an underscore, as labels of ports and protocols are written. */
    static boolean hasUnderscore(DomainName qname, int position) {
        return qname.octet(position + 1) == '_';
    }
}
