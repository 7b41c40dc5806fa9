package org.cairndns.plugin.hosts;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringTokenizer;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.Zones;

/**
 * Names and addresses of one source of lines {@code ADDRESS NAME...}, {@code #} comments cut off.
 *
 * <p>Malformed lines and names are left out, so are names outside the zones and what is there already. One thread.
 */
final class HostLines {
    private final Zones zones;
    private final boolean reverse;

    /** Addresses by name, IPv4 first, then IPv6. */
    private final List<Map<DomainName, Set<IpAddress>>> exact = List.of(new LinkedHashMap<>(), new LinkedHashMap<>());

    /** As {@link #exact}, for names {@code *.parent}, by parent. */
    private final List<Map<DomainName, Set<IpAddress>>> wildcards = List.of(new HashMap<>(), new HashMap<>());

    private final Map<IpAddress, Set<DomainName>> names = new LinkedHashMap<>();

    /**
     * @param reverse true to note the names of an address
     */
    HostLines(Zones zones, boolean reverse) {
        this.zones = zones;
        this.reverse = reverse;
    }

    /** Adds a line, characters standing for octets. */
    void add(String line) {
        int comment = line.indexOf('#');
        StringTokenizer words = new StringTokenizer(comment < 0 ? line : line.substring(0, comment));
        if (words.countTokens() < 2) {
            return;
        }
        Optional<IpAddress> address = address(words.nextToken());
        while (address.isPresent() && words.hasMoreTokens()) {
            add(address.get(), words.nextToken());
        }
    }

    private static Optional<IpAddress> address(String word) {
        // The zone id of a link-local address (RFC 4007 11) means something on one machine only.
        int zone = word.indexOf('%');
        return IpAddress.parse(zone < 0 ? word : word.substring(0, zone));
    }

    private void add(IpAddress address, String word) {
        Optional<DomainName> name = name(word);
        if (name.isEmpty() || !zones.covers(name.get())) {
            return;
        }
        if (isWildcard(name.get())) {
            addTo(wildcards, name.get().parent(), address);
            return;
        }
        addTo(exact, name.get(), address);
        if (reverse) {
            names.computeIfAbsent(address, key -> new LinkedHashSet<>()).add(name.get());
        }
    }

    private static Optional<DomainName> name(String word) {
        try {
            return Optional.of(DomainName.of(word).toLowerCase()).filter(name -> name.length() > 1);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isWildcard(DomainName name) {
        return name.octet(0) == 1 && name.octet(1) == '*';
    }

    private static void addTo(List<Map<DomainName, Set<IpAddress>>> maps, DomainName name, IpAddress address) {
        maps.get(address.isIpv4() ? 0 : 1)
                .computeIfAbsent(name, key -> new LinkedHashSet<>())
                .add(address);
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Number of addresses of names and of names of addresses. */
    int size() {
        int size = 0;
        for (int family = 0; family < 2; family++) {
            size += count(exact.get(family)) + count(wildcards.get(family));
        }
        return size + count(names);
    }

    private static <K, V> int count(Map<K, Set<V>> sets) {
        return sets.values().stream().mapToInt(Set::size).sum();
    }

    /** All names that have addresses of their own. */
    Set<DomainName> exactNames() {
        Set<DomainName> all = new LinkedHashSet<>(exact.getFirst().keySet());
        all.addAll(exact.getLast().keySet());
        return all;
    }

    /** All names whose children have addresses by a wildcard. */
    Set<DomainName> wildcardParents() {
        Set<DomainName> all = new LinkedHashSet<>(wildcards.getFirst().keySet());
        all.addAll(wildcards.getLast().keySet());
        return all;
    }

    /** Addresses of a name: its own, else those of a wildcard in the place of its first label. */
    Set<IpAddress> addresses(DomainName name, boolean ipv4) {
        Set<IpAddress> own = exact.get(ipv4 ? 0 : 1).get(name);
        return own != null ? own : ofChildren(name.parent(), ipv4);
    }

    /** Addresses of the wildcard below a name. */
    Set<IpAddress> ofChildren(DomainName parent, boolean ipv4) {
        return wildcards.get(ipv4 ? 0 : 1).getOrDefault(parent, Set.of());
    }

    /** Names by address, in the order of the lines. */
    Map<IpAddress, Set<DomainName>> names() {
        return names;
    }
}
