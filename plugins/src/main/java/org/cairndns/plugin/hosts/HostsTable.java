package org.cairndns.plugin.hosts;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;
import org.jspecify.annotations.Nullable;

/**
 * Replies by name, made of the file's lines followed by those of the Corefile. Immutable, any thread.
 *
 * <p>The owner of an address record is the qname, written as a pointer to the question; so one reply serves every name
 * with the same addresses, and a list of a hundred thousand names for 0.0.0.0 costs little more than the names.
 */
final class HostsTable {
    private static final DomainName ANY_NAME = DomainName.of("name.");
    private static final Reply NO_DATA = new Reply.Answered(new ResponseBuilder(ANY_NAME).build());

    /** Replies to queries for A and AAAA. */
    private record Host(Reply ipv4, Reply ipv6) {}

    private final Map<DomainName, Host> exact = new HashMap<>();
    private final Map<DomainName, Host> wildcards = new HashMap<>();
    private final Map<IpAddress, List<DomainName>> names = new HashMap<>();
    private final int ttlSeconds;
    private final int size;

    HostsTable(HostLines file, HostLines inline, HostsConfig.Records records) {
        this.ttlSeconds = records.ttlSeconds();
        this.size = file.size() + inline.size();
        Map<List<IpAddress>, Reply> replies = new HashMap<>();
        for (DomainName name : union(file.exactNames(), inline.exactNames())) {
            Reply ipv4 = reply(union(file.addresses(name, true), inline.addresses(name, true)), replies);
            Reply ipv6 = reply(union(file.addresses(name, false), inline.addresses(name, false)), replies);
            exact.put(name, new Host(ipv4, ipv6));
        }
        for (DomainName parent : union(file.wildcardParents(), inline.wildcardParents())) {
            Reply ipv4 = reply(union(file.ofChildren(parent, true), inline.ofChildren(parent, true)), replies);
            Reply ipv6 = reply(union(file.ofChildren(parent, false), inline.ofChildren(parent, false)), replies);
            wildcards.put(parent, new Host(ipv4, ipv6));
        }
        for (IpAddress address : union(file.names().keySet(), inline.names().keySet())) {
            names.put(
                    address,
                    List.copyOf(union(
                            file.names().getOrDefault(address, Set.of()),
                            inline.names().getOrDefault(address, Set.of()))));
        }
    }

    private static <T> Set<T> union(Set<T> first, Set<T> second) {
        if (second.isEmpty()) {
            return first;
        }
        Set<T> both = new LinkedHashSet<>(first);
        both.addAll(second);
        return both;
    }

    private Reply reply(Set<IpAddress> addresses, Map<List<IpAddress>, Reply> replies) {
        return addresses.isEmpty() ? NO_DATA : replies.computeIfAbsent(List.copyOf(addresses), this::answer);
    }

    private Reply answer(List<IpAddress> addresses) {
        ResponseBuilder builder = new ResponseBuilder(ANY_NAME);
        addresses.forEach(address -> builder.address(Section.ANSWER, ANY_NAME, ttlSeconds, address.octets()));
        return new Reply.Answered(builder.build());
    }

    /** Number of addresses of names and of names of addresses. */
    int size() {
        return size;
    }

    /** The reply for a name, without records if it has none of the type; null if the name is not known. */
    @Nullable
    Reply find(DomainName qname, int qtype) {
        Host host = exact.get(qname);
        if (host == null && !wildcards.isEmpty()) {
            host = byWildcard(qname);
        }
        if (host == null) {
            return null;
        }
        return switch (qtype) {
            case RecordType.A -> host.ipv4();
            case RecordType.AAAA -> host.ipv6();
            default -> NO_DATA;
        };
    }

    private @Nullable Host byWildcard(DomainName qname) {
        return qname.length() == 1 ? null : wildcards.get(qname.parent());
    }

    /** The reply with the names of the address that a reverse name stands for; null if there are none. */
    @Nullable
    Reply findNames(DomainName qname) {
        ReverseName reverse = names.isEmpty() ? ReverseName.NONE : ReverseName.parse(qname);
        List<DomainName> targets = reverse.isAddress() ? names.get(reverse.address()) : null;
        if (targets == null) {
            return null;
        }
        ResponseBuilder builder = new ResponseBuilder(qname);
        int before = -1;
        for (DomainName target : targets) {
            if (before == builder.count(Section.ANSWER)) {
                break;
            }
            before = builder.count(Section.ANSWER);
            builder.name(Section.ANSWER, qname, RecordType.PTR, ttlSeconds, target);
        }
        return new Reply.Answered(builder.build());
    }
}
