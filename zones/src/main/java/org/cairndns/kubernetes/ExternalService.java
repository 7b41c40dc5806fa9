package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;

/** How a service is reached from outside its cluster, at one moment. Immutable, any thread. */
final class ExternalService {
    static final ExternalService NONE = new ExternalService(Addresses.NONE, List.of(), new PortEntry[0]);

    private final Addresses addresses;
    private final List<DomainName> hostnames;
    private final PortEntry[] ports;

    private ExternalService(Addresses addresses, List<DomainName> hostnames, PortEntry[] ports) {
        this.addresses = addresses;
        this.hostnames = hostnames;
        this.ports = ports;
    }

    static ExternalService of(ServiceEntry entry, Interner interner) {
        List<InetAddress> addresses = new ArrayList<>();
        List<DomainName> hostnames = new ArrayList<>();
        for (String target : entry.externalTargets()) {
            IpAddress.parse(target).ifPresentOrElse(ip -> addresses.add(ip.toInetAddress()), () -> {
                DomainName hostname = Labels.name(target);
                if (!hostname.equals(DomainName.ROOT) && !hostnames.contains(hostname)) {
                    hostnames.add(hostname);
                }
            });
        }
        return addresses.isEmpty() && hostnames.isEmpty()
                ? NONE
                : new ExternalService(Addresses.of(addresses), List.copyOf(hostnames), interner.ports(entry.ports()));
    }

    boolean isEmpty() {
        return this == NONE;
    }

    Addresses addresses() {
        return addresses;
    }

    /** Names of load balancers. */
    List<DomainName> hostnames() {
        return hostnames;
    }

    /** The service's ports; not to be changed. */
    PortEntry[] ports() {
        return ports;
    }

    boolean sameAs(ExternalService other) {
        return addresses.equals(other.addresses)
                && hostnames.equals(other.hostnames)
                && Arrays.equals(ports, other.ports);
    }
}
