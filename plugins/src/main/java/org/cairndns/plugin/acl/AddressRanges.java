package org.cairndns.plugin.acl;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cairndns.corefile.Cidr;
import org.cairndns.zone.IpAddress;

/** Addresses of some networks of one family. Immutable, any thread; a lookup is a binary search without allocation. */
final class AddressRanges {
    private static final Comparator<IpAddress> ORDER = AddressRanges::compare;

    /** First and last addresses of ranges that do not overlap, in order. */
    private final IpAddress[] firsts;

    private final IpAddress[] lasts;

    AddressRanges(List<Cidr> networks) {
        List<Cidr> sorted = new ArrayList<>(networks);
        sorted.sort(Comparator.comparing((Cidr network) -> IpAddress.of(network.network()), ORDER)
                .thenComparingInt(Cidr::prefixLength));
        List<IpAddress> from = new ArrayList<>();
        List<IpAddress> to = new ArrayList<>();
        for (Cidr network : sorted) {
            IpAddress first = IpAddress.of(network.network());
            // Of two networks that overlap one holds the other, and it comes first.
            if (to.isEmpty() || compare(first, to.getLast()) > 0) {
                from.add(first);
                to.add(last(first, network.network().getAddress().length * Byte.SIZE - network.prefixLength()));
            }
        }
        this.firsts = from.toArray(IpAddress[]::new);
        this.lasts = to.toArray(IpAddress[]::new);
    }

    private static IpAddress last(IpAddress first, int hostBits) {
        return new IpAddress(first.high() | ones(hostBits - Long.SIZE), first.low() | ones(hostBits));
    }

    /** A number whose lower bits, 0..64 of them, are ones. */
    private static long ones(int bits) {
        return bits >= Long.SIZE ? -1 : (1L << Math.max(0, bits)) - 1;
    }

    boolean contains(IpAddress address) {
        int low = 0;
        int high = firsts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(firsts[middle], address) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && compare(address, lasts[low - 1]) <= 0;
    }

    private static int compare(IpAddress a, IpAddress b) {
        int byHigh = Long.compareUnsigned(a.high(), b.high());
        return byHigh != 0 ? byHigh : Long.compareUnsigned(a.low(), b.low());
    }
}
