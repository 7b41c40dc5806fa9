package org.cairndns.plugin.acl;

import java.util.List;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.Zones;
import org.jspecify.annotations.Nullable;

/**
 * One occurrence of the directive.
 *
 * @param policies in file order, the first that fits decides
 */
record AclRule(Zones zones, List<AclPolicy> policies) {
    /** What is to become of a query for a name in the zones; null if no policy fits. */
    @Nullable
    Action decide(int qtype, IpAddress client) {
        for (int i = 0; i < policies.size(); i++) {
            if (policies.get(i).fits(qtype, client)) {
                return policies.get(i).action();
            }
        }
        return null;
    }
}
