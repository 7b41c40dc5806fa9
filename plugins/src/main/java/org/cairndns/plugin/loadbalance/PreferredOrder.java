package org.cairndns.plugin.loadbalance;

import java.net.InetAddress;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.Cidr;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.zone.IpAddress;

/** Order by networks, the first one's addresses in front, those of none last; random among the addresses of one. */
final class PreferredOrder implements AddressOrder {
    private final List<Cidr> networks;
    private final Supplier<RandomGenerator> random;
    private final Comparator<ResourceRecord> byRank = Comparator.comparingInt(this::rank);

    /**
     * @param networks the most preferred first
     * @param random gives a generator for the calling thread
     */
    PreferredOrder(List<Cidr> networks, Supplier<RandomGenerator> random) {
        this.networks = List.copyOf(networks);
        this.random = random;
    }

    @Override
    public boolean appliesTo(int qtype) {
        return true;
    }

    @Override
    public void arrange(List<ResourceRecord> addresses) {
        Collections.shuffle(addresses, random.get());
        addresses.sort(byRank);
    }

    private int rank(ResourceRecord record) {
        InetAddress address = IpAddress.of(record.rdata()).toInetAddress();
        int rank = 0;
        while (rank < networks.size() && !networks.get(rank).contains(address)) {
            rank++;
        }
        return rank;
    }
}
