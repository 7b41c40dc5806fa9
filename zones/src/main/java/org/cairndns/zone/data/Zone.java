package org.cairndns.zone.data;

import java.util.function.Consumer;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;
import org.cairndns.wire.Soa;

/**
 * One version of an authoritative zone.
 *
 * <p>Immutable, any thread. Owners are kept in lower case, names in RDATA as they were given.
 */
public final class Zone {
    private final DomainName apex;
    private final ZoneNodes nodes;
    private final ZoneRrsets rrsets;
    private final ResourceRecord soaRecord;
    private final Soa soa;
    private final RecentAnswers answers = new RecentAnswers();

    Zone(DomainName apex, ZoneNodes nodes, ZoneRrsets rrsets) {
        this.apex = apex;
        this.nodes = nodes;
        this.rrsets = rrsets;
        int row = rrsets.find(ZoneNodes.APEX, RecordType.SOA);
        this.soaRecord = new ResourceRecord(
                Section.ANSWER,
                apex,
                RecordType.SOA,
                DnsClass.IN,
                rrsets.ttlSeconds(row),
                rrsets.rdata(rrsets.start(row)));
        this.soa = Soa.of(soaRecord.rdata());
    }

    /**
     * A zone of these records in any order, such as a transfer's with its SOA at both ends.
     *
     * @throws ZoneException if there is no SOA at the apex, or a record that the zone cannot have; see
     *     {@link ZoneDraft#add}
     */
    public static Zone of(DomainName apex, Iterable<ResourceRecord> records) throws ZoneException {
        ZoneDraft draft = new ZoneDraft(apex);
        for (ResourceRecord record : records) {
            draft.add(record);
        }
        return draft.build();
    }

    /** The zone's name. */
    public DomainName apex() {
        return apex;
    }

    /** The SOA record, in the answer section. */
    public ResourceRecord soaRecord() {
        return soaRecord;
    }

    /** What the SOA record says. */
    public Soa soa() {
        return soa;
    }

    /** Serial number of this version, 0..2^32-1, to be compared by RFC 1982. */
    public long serial() {
        return soa.serial();
    }

    /**
     * Hands out all records once in the order of a transfer: the SOA first, then by names in canonical order with
     * signatures behind what they cover. A transfer has the SOA once more at the end (RFC 5936 2.2), which is the
     * caller's to add. All are in the answer section.
     */
    public void forEachRecord(Consumer<ResourceRecord> consumer) {
        consumer.accept(soaRecord);
        recordsBehindSoa().forEach(consumer);
    }

    /** What {@link #forEachRecord} hands out behind the SOA record, made one by one; may be walked through repeatedly. */
    public Iterable<ResourceRecord> recordsBehindSoa() {
        return () -> new ZoneRecords(nodes, rrsets);
    }

    /**
     * What the zone says to a query of any type but a transfer's (RFC 1034 4.3.2).
     *
     * @param query its qname lies at or below the apex, its class is IN or ANY
     */
    public ZoneResult lookup(Query query) {
        ZoneResult recent = answers.find(query);
        if (recent != null) {
            return recent;
        }
        ZoneResult result = new ZoneLookup(this, query).result();
        answers.keep(query, result);
        return result;
    }

    /** The node of a name in the zone, be it below a zone cut, or {@link ZoneNodes#NONE}. */
    int node(DomainName name) {
        int[] labels = CanonicalOrder.labelStarts(name);
        int node = ZoneNodes.APEX;
        for (int left = labels.length - apex.labelCount(); left > 0 && node != ZoneNodes.NONE; left--) {
            node = nodes.child(node, name, labels[left - 1]);
        }
        return node;
    }

    /** Size of the zone's arrays in octets. */
    public long octets() {
        return nodes.octets() + rrsets.octets();
    }

    ZoneNodes nodes() {
        return nodes;
    }

    ZoneRrsets rrsets() {
        return rrsets;
    }
}
