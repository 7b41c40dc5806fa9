package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;
import org.jspecify.annotations.Nullable;

/**
 * Who has which IP address: a table from addresses to one or more owners, for one writer and any number of readers.
 *
 * <p>IPv4 addresses lie in one sorted table; IPv6 addresses in a table of their lower halves per upper half, for pods
 * of a node share it.
 */
final class AddressTable<V> {
    /** Values are an owner, or an {@code Object[]} of several. */
    private final SortedLongTable<Object> ipv4 = new SortedLongTable<>();

    private final SortedLongTable<SortedLongTable<Object>> ipv6 = new SortedLongTable<>();

    /** The owners of an address in the order in which they were added. */
    List<V> owners(IpAddress address) {
        SortedLongTable<Object> table = table(address);
        Object owners = table == null ? null : table.get(key(address));
        if (owners == null) {
            return List.of();
        }
        return owners instanceof Object[] several ? cast(List.of(several)) : cast(List.of(owners));
    }

    /** True if an address that starts with these bits has an owner. */
    boolean anyBelow(ReverseName name) {
        if (name.bits() < 0) {
            return false;
        }
        if (!name.ipv6()) {
            return ipv4.anyBetween(name.low(), name.low() | 0xffff_ffffL >>> name.bits());
        }
        if (name.bits() <= 64) {
            long rest = name.bits() == 64 ? 0 : -1L >>> name.bits();
            return ipv6.anyBetween(name.high(), name.high() | rest);
        }
        SortedLongTable<Object> table = ipv6.get(name.high());
        long rest = name.bits() == 128 ? 0 : -1L >>> name.bits() - 64;
        return table != null && table.anyBetween(name.low(), name.low() | rest);
    }

    /** Adds an owner unless it is one already; writer only. */
    void add(IpAddress address, V owner) {
        SortedLongTable<Object> table = table(address);
        if (table == null) {
            table = new SortedLongTable<>();
            ipv6.put(address.high(), table);
        }
        Object before = table.get(key(address));
        Object after = before == null ? owner : withOwner(before, owner);
        if (!after.equals(before)) {
            table.put(key(address), after);
        }
    }

    /** What a table has for an address that has one owner more; the same object if that was one already. */
    static Object withOwner(Object owners, Object owner) {
        if (!(owners instanceof Object[] several)) {
            return owners.equals(owner) ? owners : new Object[] {owners, owner};
        }
        if (Arrays.asList(several).contains(owner)) {
            return several;
        }
        Object[] more = Arrays.copyOf(several, several.length + 1);
        more[several.length] = owner;
        return more;
    }

    /** Puts an owner in the place of another one, so that a reader finds one of both; writer only. */
    void replace(IpAddress address, V before, V after) {
        SortedLongTable<Object> table = table(address);
        Object owners = table == null ? null : table.get(key(address));
        if (table != null
                && owners instanceof Object[] several
                && Arrays.asList(several).contains(before)) {
            Object[] others = several.clone();
            others[Arrays.asList(several).indexOf(before)] = after;
            table.put(key(address), others);
        } else if (table != null && before.equals(owners)) {
            table.put(key(address), after);
        } else {
            add(address, after);
        }
    }

    /** Enters the owners of many IPv4 addresses, in their order, where there is none yet; writer only. */
    void fillIpv4(long[] addresses, Object[] owners, int count) {
        ipv4.fill(addresses, owners, count);
    }

    /** Removes an owner that may be there; writer only. */
    void remove(IpAddress address, V owner) {
        SortedLongTable<Object> table = table(address);
        Object before = table == null ? null : table.get(key(address));
        if (table == null || before == null) {
            return;
        }
        if (before instanceof Object[] several) {
            List<Object> rest = new ArrayList<>(Arrays.asList(several));
            rest.remove(owner);
            table.put(key(address), rest.size() == 1 ? rest.getFirst() : rest.toArray());
        } else if (before.equals(owner)) {
            table.remove(key(address));
            if (!address.isIpv4() && table.size() == 0) {
                ipv6.remove(address.high());
            }
        }
    }

    private @Nullable SortedLongTable<Object> table(IpAddress address) {
        return address.isIpv4() ? ipv4 : ipv6.get(address.high());
    }

    private static long key(IpAddress address) {
        return address.isIpv4() ? address.ipv4Bits() & 0xffff_ffffL : address.low();
    }

    @SuppressWarnings("unchecked") // only owners are stored
    private static <V> List<V> cast(List<Object> owners) {
        return (List<V>) owners;
    }
}
