package org.cairndns.zone;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.cairndns.wire.DomainName;

/**
 * Values under domain names, found by the longest name that a qname equals or lies below.
 *
 * <p>Made for the few zones of a configuration: a lookup goes through all of them. Immutable, any thread.
 *
 * @param <V> type of the values
 */
public final class SuffixTable<V> {
    private final DomainName[] suffixes;
    private final List<V> values;

    /** A table of these names and values. */
    public SuffixTable(Map<DomainName, V> entries) {
        List<Map.Entry<DomainName, V>> sorted = new ArrayList<>(entries.entrySet());
        sorted.sort(Comparator.comparingInt(entry -> -entry.getKey().length()));
        this.suffixes = sorted.stream().map(Map.Entry::getKey).toArray(DomainName[]::new);
        this.values = sorted.stream().map(Map.Entry::getValue).toList();
    }

    /** The value of the longest suffix of {@code qname}, or {@code fallback} if none matches. */
    public V find(DomainName qname, V fallback) {
        for (int i = 0; i < suffixes.length; i++) {
            if (matches(qname, suffixes[i])) {
                return values.get(i);
            }
        }
        return fallback;
    }

    private static boolean matches(DomainName qname, DomainName suffix) {
        int start = qname.length() - suffix.length();
        return start >= 0 && qname.lowerOctet(start) == suffix.lowerOctet(0) && qname.isAtOrBelow(suffix);
    }
}
