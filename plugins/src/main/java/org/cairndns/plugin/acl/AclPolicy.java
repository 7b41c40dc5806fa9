package org.cairndns.plugin.acl;

import java.net.Inet4Address;
import java.util.List;
import org.cairndns.corefile.Cidr;
import org.cairndns.zone.IpAddress;

/** One line of a rule: an action, the query types and the clients that it is for. Immutable, any thread. */
final class AclPolicy {
    private final Action action;
    private final int[] qtypes;
    private final boolean everyone;
    private final AddressRanges ipv4;
    private final AddressRanges ipv6;

    /**
     * @param qtypes none for all
     * @param clients none for all
     */
    AclPolicy(Action action, List<Integer> qtypes, List<Cidr> clients) {
        this.action = action;
        this.qtypes = qtypes.stream().mapToInt(Integer::intValue).toArray();
        this.everyone = clients.isEmpty();
        this.ipv4 = new AddressRanges(clients.stream().filter(AclPolicy::isIpv4).toList());
        this.ipv6 = new AddressRanges(
                clients.stream().filter(client -> !isIpv4(client)).toList());
    }

    private static boolean isIpv4(Cidr network) {
        return network.network() instanceof Inet4Address;
    }

    Action action() {
        return action;
    }

    boolean fits(int qtype, IpAddress client) {
        return hasType(qtype) && (everyone || (client.isIpv4() ? ipv4 : ipv6).contains(client));
    }

    private boolean hasType(int qtype) {
        for (int type : qtypes) {
            if (type == qtype) {
                return true;
            }
        }
        return qtypes.length == 0;
    }
}
