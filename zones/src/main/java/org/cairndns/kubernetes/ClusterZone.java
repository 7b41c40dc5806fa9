package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;
import org.cairndns.zone.SuffixTable;
import org.cairndns.zone.Validity;

/**
 * The zones made of a cluster's objects.
 *
 * <pre>
 *   zone              SOA, NS                    NS.svc.zone       S.NS.svc.zone and below: {@link ServiceAnswers}
 *   dns-version.zone  TXT                        NS.pod.zone       ADDRESS.NS.pod.zone: {@link PodAnswers}
 *   ns.dns.zone       {@link OwnNames}           reverse zones     {@link ReverseAnswers}
 * </pre>
 *
 * Multicluster zones have the same names, made of ServiceImports instead of Services.
 *
 * A name exists if it or a name below it has a record; then every type gets NOERROR (RFC 8020). CoreDNS says NXDOMAIN
 * for many of those. Any thread; nothing blocks. Plain service names and negative answers cost one short-lived object.
 */
public final class ClusterZone implements ZoneLookup {
    private static final String SCHEMA_VERSION = "1.1.0";
    private static final String MULTICLUSTER_SCHEMA_VERSION = "1.0.0";
    private static final int SCHEMA_VERSION_TTL_SECONDS = 28_800;
    private static final String POD = "pod";

    private final ClusterIndex index;
    private final ClusterZoneOptions options;
    private final SuffixTable<ServedZone> zones;
    private final ServedZone notServed;
    private final Visibility visibility;
    private final ServiceAnswers services;
    private final PodAnswers pods;
    private final ReverseAnswers reverse;
    private final OwnNames ownNames;
    private final Supplier<List<InetAddress>> localAddresses;

    /**
     * The zones of a cluster.
     *
     * @param localAddresses addresses by which clients reach this server, asked for at each NS query
     */
    public ClusterZone(ClusterIndex index, ClusterZoneOptions options, Supplier<List<InetAddress>> localAddresses) {
        this.index = index;
        this.options = options;
        Map<DomainName, ServedZone> served = new HashMap<>();
        for (DomainName zone : options.zones()) {
            served.put(zone, served(zone));
        }
        this.zones = new SuffixTable<>(served);
        this.notServed = served(DomainName.ROOT);
        this.visibility = new Visibility(options.namespaces());
        this.services = new ServiceAnswers(options);
        this.pods = new PodAnswers(index, options);
        this.reverse = new ReverseAnswers(index, options, visibility);
        this.ownNames = new OwnNames(index, options, localAddresses);
        this.localAddresses = localAddresses;
    }

    /** Zones made of the external addresses of the same services; empty unless the index keeps those. */
    public ExternalZone external(ExternalZoneOptions external) {
        return new ExternalZone(
                index, external, visibility, new ExternalAnswers(index, external, options), localAddresses);
    }

    /** True for a cluster IP of a service whose endpoint this server is, as far as the cluster is read. */
    public boolean isServiceOfOurs(InetAddress clusterIp) {
        // The endpoint of a snapshot that has our address may be that of a pod that had it before us.
        boolean old = index.isFromSnapshot() && index.missingKinds().contains(ObjectKind.ENDPOINT_SLICE);
        return !old && ownNames.isServiceOfOurs(IpAddress.of(clusterIp));
    }

    private ServedZone served(DomainName zone) {
        return new ServedZone(
                zone, options.multiclusterZones().contains(zone), new NegativeAnswers(index, zone, options));
    }

    @Override
    public LookupResult lookup(Query query) {
        ServedZone zone = zones.find(query.qname(), notServed);
        if (zone == notServed) {
            return LookupResult.NotInZone.INSTANCE;
        }
        // Asked first: what is missing after that is missing in a complete index.
        boolean synced = index.isSynced();
        boolean stale = index.isFromSnapshot();
        LookupResult result = answer(new ZoneQuestion(query, zone, synced));
        return stale ? StaleAnswers.of(result, options.ttlSeconds()) : result;
    }

    private LookupResult answer(ZoneQuestion question) {
        if (question.labelCount() == 0) {
            return apex(question);
        }
        if (OwnNames.isOwn(question)) {
            return ownNames.answer(question);
        }
        return question.zone().isReverse() ? unlessWithheld(question, reverse.answer(question)) : forward(question);
    }

    /** Lasts until the service changes for its own addresses, until anything changes for all else. */
    @Override
    public Validity validity(Query query) {
        long changes = index.changes();
        ServedZone zone = zones.find(query.qname(), notServed);
        if (zone == notServed || !index.isComplete()) {
            return Validity.NEVER;
        }
        ZoneQuestion question = new ZoneQuestion(query, zone, true);
        if (question.labelCount() == 0 || OwnNames.isOwn(question)) {
            // The server's own addresses are no business of the index.
            return Validity.NEVER;
        }
        Validity ofService = zone.isReverse() ? Validity.NEVER : serviceValidity(question);
        return ofService.isNever() ? () -> index.changes() == changes : ofService;
    }

    private Validity serviceValidity(ZoneQuestion question) {
        DomainName qname = question.qname();
        if (question.labelCount() != ServiceAnswers.SERVICE_LABELS
                || !Labels.equal(qname, question.label(0), ServiceName.SVC)) {
            return Validity.NEVER;
        }
        NamespaceNode namespace = index.namespace(qname, question.label(1));
        if (namespace == null) {
            return Validity.NEVER;
        }
        int turns = namespace.turns();
        ServiceSlot slot = space(question, namespace).find(qname, question.label(2));
        return slot == null || !visibility.isVisible(namespace)
                ? Validity.NEVER
                : services.validity(question, slot, turns);
    }

    /**
     * All records of a zone for a transfer, empty if there is no zone with this apex.
     *
     * <p>Reverse zones are not handed over: their names are those of the addresses of all services. The records are those
     * that exist when their turn comes, so a transfer during which something changes may have some of it; the serial of
     * the SOA, which was read before, is then old, and the secondary asks again.
     */
    public Optional<Transfer> transfer(DomainName apex) {
        ServedZone zone = zones.find(apex, notServed);
        if (zone == notServed || zone.isReverse() || !zone.apex().equals(apex)) {
            return Optional.empty();
        }
        TransferRecords records = new TransferRecords(this, index, services, options, zone);
        return Optional.of(new Transfer(index.isComplete(), records.soa(), records));
    }

    /**
     * A zone as transfers see it.
     *
     * @param synced false while objects may be missing
     * @param soa the SOA record
     * @param records all others, made while they are iterated; one thread per iteration
     */
    public record Transfer(boolean synced, ResourceRecord soa, Iterable<ResourceRecord> records) {}

    private LookupResult apex(ZoneQuestion question) {
        return switch (question.qtype()) {
            case RecordType.SOA -> question.zone().negatives().soa(question.qname());
            case RecordType.NS -> ownNames.nameServers(question);
            default -> question.noData();
        };
    }

    private LookupResult forward(ZoneQuestion question) {
        DomainName qname = question.qname();
        int first = question.label(0);
        if (Labels.equal(qname, first, ServiceName.SVC)) {
            return question.labelCount() == 1 ? question.noData() : inNamespace(question, false);
        }
        if (Labels.equal(qname, first, POD)) {
            return question.labelCount() == 1 ? question.noData() : inNamespace(question, true);
        }
        boolean version = question.labelCount() == 1 && Labels.equal(qname, first, "dns-version");
        return version ? schemaVersion(question) : question.nameError();
    }

    private LookupResult inNamespace(ZoneQuestion question, boolean pod) {
        NamespaceNode namespace = index.namespace(question.qname(), question.label(1));
        if (namespace == null || pod && options.podMode() == PodMode.DISABLED) {
            return question.nameError();
        }
        int turns = namespace.turns();
        if (!visibility.isVisible(namespace)) {
            return question.nameError();
        }
        LookupResult result = inNamespace(question, namespace, pod);
        // If it went and came back meanwhile, the service may be as it never was while the namespace was there.
        return namespace.turns() == turns ? result : inNamespace(question, pod);
    }

    private LookupResult inNamespace(ZoneQuestion question, NamespaceNode namespace, boolean pod) {
        if (question.labelCount() == 2) {
            return question.noData();
        }
        if (pod) {
            return unlessWithheld(question, pods.answer(question, namespace));
        }
        ServiceSlot service = space(question, namespace).find(question.qname(), question.label(2));
        return service == null ? question.nameError() : unlessWithheld(question, services.answer(question, service));
    }

    /** A denial that depends on objects that the API withholds is none. */
    private LookupResult unlessWithheld(ZoneQuestion question, LookupResult result) {
        return result instanceof LookupResult.NameError && !index.isComplete() ? question.unknown() : result;
    }

    private static LabelTable<ServiceSlot> space(ZoneQuestion question, NamespaceNode namespace) {
        ServiceSpace space = question.zone().isMulticluster() ? namespace.imported() : namespace.local();
        return space.services();
    }

    private LookupResult schemaVersion(ZoneQuestion question) {
        if (question.qtype() != RecordType.TXT) {
            return question.noData();
        }
        // Unlike CoreDNS, which has one version for all: that of the specification the zone's names follow.
        String version = question.zone().isMulticluster() ? MULTICLUSTER_SCHEMA_VERSION : SCHEMA_VERSION;
        return new LookupResult.Found(new ResponseBuilder(question.qname())
                .txt(Section.ANSWER, question.qname(), SCHEMA_VERSION_TTL_SECONDS, version)
                .build());
    }
}
