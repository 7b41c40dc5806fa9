package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.cairndns.wire.Transport;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.LookupResult;

/**
 * All records of one zone of a cluster but its SOA, made one by one; each iteration starts anew.
 *
 * <p>Names of pods are no part of it: with {@code pods insecure} they are without number.
 */
final class TransferRecords implements Iterable<ResourceRecord> {
    private static final InetSocketAddress NOBODY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final ListenerInfo NOWHERE = new ListenerInfo(Transport.TCP, "", NOBODY);

    private final ClusterZone zone;
    private final ClusterIndex index;
    private final ServiceAnswers answers;
    private final ClusterZoneOptions options;
    private final ServedZone served;

    TransferRecords(
            ClusterZone zone,
            ClusterIndex index,
            ServiceAnswers answers,
            ClusterZoneOptions options,
            ServedZone served) {
        this.zone = zone;
        this.index = index;
        this.answers = answers;
        this.options = options;
        this.served = served;
    }

    /** The SOA record as of now. */
    ResourceRecord soa() {
        return records(served.apex(), RecordType.SOA).getFirst();
    }

    @Override
    public ZoneWalk iterator() {
        DomainName apex = served.apex();
        Set<ServiceRecords.AddressRecord> known = new HashSet<>();
        List<ResourceRecord> first = new ArrayList<>();
        // Unlike CoreDNS, where the servers' addresses have TTL 0 and come again with their services: an RRset has one
        // TTL (RFC 2181 5.2), and no record twice (5).
        for (ResourceRecord record : records(apex, RecordType.NS)) {
            boolean glue = record.type() != RecordType.NS;
            if (!glue || known.add(new ServiceRecords.AddressRecord(record.owner(), IpAddress.of(record.rdata())))) {
                first.add(record.in(Section.ANSWER));
            }
        }
        first.addAll(records(DomainName.prepend("dns-version", apex), RecordType.TXT));
        ServiceRecords services = new ServiceRecords(answers, options, apex, known);
        return new ZoneWalk(index, served.isMulticluster(), new Visibility(options.namespaces()), services, first);
    }

    private List<ResourceRecord> records(DomainName name, int type) {
        List<ResourceRecord> records = new ArrayList<>();
        if (zone.lookup(Query.of(name, type, NOBODY, NOWHERE)) instanceof LookupResult.Found found) {
            RecordCursor cursor = new RecordCursor(name, found.response());
            while (cursor.next()) {
                records.add(cursor.record());
            }
        }
        return records;
    }
}
