package org.cairndns.plugin.transfer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.cairndns.wire.DomainName;

/**
 * One occurrence of the directive.
 *
 * @param zones that it is about, absolute
 * @param anyone true if every client may have the zones
 * @param hosts that may have them and hear of their changes, with the ports for the latter
 * @param source local address for NOTIFY, empty for the system's choice
 */
record TransferRule(
        List<DomainName> zones, boolean anyone, List<InetSocketAddress> hosts, Optional<InetAddress> source) {
    TransferRule {
        zones = List.copyOf(zones);
        hosts = List.copyOf(hosts);
    }

    /** True if the zones may go to this address. */
    boolean allows(InetAddress client) {
        return anyone || hosts.stream().anyMatch(host -> host.getAddress().equals(client));
    }
}
