package org.cairndns.plugin.loadbalance;

import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.zone.IpAddress;

/**
 * Order with an address in front that is chosen by the weights; it changes places with the one that was there.
 *
 * <p>Other addresses stay where they are, as in CoreDNS (plugin/loadbalance).
 */
final class WeightedOrder implements AddressOrder {
    private final Supplier<WeightTable> weights;
    private final Supplier<RandomGenerator> random;

    /**
     * @param weights the table of the moment
     * @param random gives a generator for the calling thread
     */
    WeightedOrder(Supplier<WeightTable> weights, Supplier<RandomGenerator> random) {
        this.weights = weights;
        this.random = random;
    }

    @Override
    public boolean appliesTo(int qtype) {
        return qtype == RecordType.A || qtype == RecordType.AAAA || qtype == RecordType.SRV;
    }

    @Override
    public void arrange(List<ResourceRecord> addresses) {
        WeightTable table = weights.get();
        int[] parts = new int[addresses.size()];
        int sum = 0;
        for (int i = 0; i < parts.length; i++) {
            ResourceRecord record = addresses.get(i);
            parts[i] = table.weight(record.owner(), IpAddress.of(record.rdata()));
            sum += parts[i];
        }
        int chosen = 0;
        int left = random.get().nextInt(sum) - parts[0];
        while (left >= 0) {
            chosen++;
            left -= parts[chosen];
        }
        Collections.swap(addresses, 0, chosen);
    }
}
