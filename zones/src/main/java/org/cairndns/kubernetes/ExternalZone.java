package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;
import org.cairndns.zone.ReverseName;
import org.cairndns.zone.SuffixTable;

/**
 * The zones made of the external addresses of a cluster's services.
 *
 * <pre>
 *   zone             SOA, NS             S.NS.zone        service: {@link ExternalAnswers}
 *   ns1.APEX.zone    this server         reverse zones    PTR of external addresses
 * </pre>
 *
 * Any thread; nothing blocks. Source: CoreDNS plugin/k8s_external.
 */
public final class ExternalZone implements ZoneLookup {
    private static final String SERVER = "ns1";

    /** As often as in {@link ReverseAnswers}. */
    private static final int MAX_ATTEMPTS = 200;

    /** A denial has to be right; records of a service of hundreds of addresses may take longer than a change. */
    private static final int MAX_ATTEMPTS_WITH_RECORDS = 8;

    private final ClusterIndex index;
    private final ExternalZoneOptions options;
    private final Visibility visibility;
    private final Supplier<List<InetAddress>> localAddresses;
    private final ExternalAnswers answers;
    private final SuffixTable<ServedZone> zones;
    private final ServedZone notServed;

    ExternalZone(
            ClusterIndex index,
            ExternalZoneOptions options,
            Visibility visibility,
            ExternalAnswers answers,
            Supplier<List<InetAddress>> localAddresses) {
        this.index = index;
        this.options = options;
        this.visibility = visibility;
        this.answers = answers;
        this.localAddresses = localAddresses;
        Map<DomainName, ServedZone> served = new HashMap<>();
        options.zones().forEach(zone -> served.put(zone, served(zone)));
        this.zones = new SuffixTable<>(served);
        this.notServed = served(DomainName.ROOT);
    }

    private ServedZone served(DomainName zone) {
        NegativeAnswers.SoaNames names = new NegativeAnswers.SoaNames(SERVER, options.apexLabel(), true);
        return new ServedZone(
                zone,
                false,
                new NegativeAnswers(
                        index.externals()::serial, zone, names, options.ttlSeconds(), options.ttlSeconds()));
    }

    @Override
    public LookupResult lookup(Query query) {
        ServedZone zone = zones.find(query.qname(), notServed);
        if (zone == notServed) {
            return LookupResult.NotInZone.INSTANCE;
        }
        boolean synced = index.isSynced();
        boolean stale = index.isFromSnapshot();
        LookupResult result = answer(new ZoneQuestion(query, zone, synced));
        return stale ? StaleAnswers.of(result, options.ttlSeconds()) : result;
    }

    /**
     * The answer of one moment.
     *
     * <p>What is looked at one after the other may have changed in between: an address that moves from one service to another is
     * then seen at neither, a service in a namespace that was not there when it was that way.
     */
    private LookupResult answer(ZoneQuestion question) {
        for (int attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
            long revision = index.revision();
            LookupResult result = answerNow(question);
            boolean enough = result instanceof LookupResult.Found && attempt >= MAX_ATTEMPTS_WITH_RECORDS;
            if (enough || revision == index.revision()) {
                return result;
            }
        }
        return answerNow(question);
    }

    private LookupResult answerNow(ZoneQuestion question) {
        if (question.labelCount() == 0) {
            return apex(question);
        }
        if (Labels.equal(question.qname(), question.label(0), options.apexLabel())) {
            return ownNames(question);
        }
        return question.zone().isReverse() ? reverse(question) : forward(question);
    }

    private LookupResult apex(ZoneQuestion question) {
        return switch (question.qtype()) {
            case RecordType.SOA -> question.zone().negatives().soa(question.qname());
            case RecordType.NS -> {
                DomainName server =
                        DomainName.prepend(SERVER, DomainName.prepend(options.apexLabel(), question.zoneAsAsked()));
                ResponseBuilder builder = new ResponseBuilder(question.qname());
                builder.name(Section.ANSWER, question.qname(), RecordType.NS, options.ttlSeconds(), server);
                for (IpAddress address : ownAddresses()) {
                    builder.address(Section.ADDITIONAL, server, options.ttlSeconds(), address.octets());
                }
                yield new LookupResult.Found(builder.build());
            }
            default -> question.noData();
        };
    }

    private LookupResult ownNames(ZoneQuestion question) {
        if (question.labelCount() == 1) {
            return question.noData();
        }
        if (question.labelCount() > 2 || !Labels.equal(question.qname(), 0, SERVER)) {
            return question.nameError();
        }
        if (question.qtype() != RecordType.A && question.qtype() != RecordType.AAAA) {
            return question.noData();
        }
        AddressAnswer answer = new AddressAnswer(question.qtype());
        ownAddresses().forEach(answer::add);
        return answer.build(question, options.ttlSeconds());
    }

    /** External addresses of the services whose endpoint this server is; its own addresses where it is none. */
    private Set<IpAddress> ownAddresses() {
        Set<IpAddress> own = new LinkedHashSet<>();
        Set<IpAddress> locals = new LinkedHashSet<>();
        boolean endpoint = false;
        for (InetAddress local : localAddresses.get()) {
            IpAddress address = IpAddress.of(local);
            locals.add(address);
            for (ServiceSlot slot : index.servicesAt(address)) {
                // Loopback is another's endpoint too.
                if (!local.isLoopbackAddress() && slot.node().hasEndpoint(address)) {
                    endpoint = true;
                    answers.addresses(slot).forEach(own::add);
                }
            }
        }
        return endpoint ? own : locals;
    }

    private LookupResult forward(ZoneQuestion question) {
        NamespaceNode namespace = index.namespace(question.qname(), question.label(0));
        if (namespace == null || !visibility.isVisible(namespace)) {
            return question.nameError();
        }
        if (question.labelCount() == 1) {
            return question.noData();
        }
        ServiceSlot slot = namespace.local().services().find(question.qname(), question.label(1));
        return slot == null ? question.nameError() : answers.answer(question, slot);
    }

    private LookupResult reverse(ZoneQuestion question) {
        ReverseName name = ReverseName.parse(question.qname());
        if (!name.isAddress()) {
            // RFC 8020: names of groups of addresses exist as long as one of the addresses does.
            return index.externals().hasAddressBelow(name) ? question.noData() : question.nameError();
        }
        ResponseBuilder builder = new ResponseBuilder(question.qname());
        boolean exists = false;
        for (ServiceSlot slot : index.externals().at(name.address())) {
            if (visibility.isVisible(slot.namespace())
                    && index.externals().of(slot).addresses().contains(name.address())) {
                DomainName target = ExternalAnswers.name(slot, options.primaryZone());
                builder.name(Section.ANSWER, question.qname(), RecordType.PTR, options.ttlSeconds(), target);
                exists = true;
            }
        }
        if (!exists) {
            return question.nameError();
        }
        return question.qtype() == RecordType.PTR ? new LookupResult.Found(builder.build()) : question.noData();
    }
}
