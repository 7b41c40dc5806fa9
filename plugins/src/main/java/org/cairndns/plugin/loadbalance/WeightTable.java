package org.cairndns.plugin.loadbalance;

import java.util.Map;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;

/**
 * Weights of addresses by the name they belong to. Immutable, any thread.
 *
 * @param byName weights 1..255
 */
record WeightTable(Map<DomainName, Map<IpAddress, Integer>> byName) {
    static final int MAX_WEIGHT = 255;

    /** Weight of what is in no table. */
    static final int STANDARD_WEIGHT = 1;

    static final WeightTable EMPTY = new WeightTable(Map.of());

    WeightTable {
        byName = Map.copyOf(byName);
    }

    /** Weight of an address of a name in any letter case, 1..255. */
    int weight(DomainName owner, IpAddress address) {
        return byName.getOrDefault(owner, Map.of()).getOrDefault(address, STANDARD_WEIGHT);
    }
}
