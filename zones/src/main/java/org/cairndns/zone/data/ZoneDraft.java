package org.cairndns.zone.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records on their way to become a zone, in any order; those of an RRset keep theirs.
 *
 * <p>One thread. Records need about 200 octets each until the zone is made.
 */
public final class ZoneDraft {
    private static final Comparator<ResourceRecord> ORDER = Comparator.comparing(
                    ResourceRecord::owner, CanonicalOrder.INSTANCE)
            .thenComparingInt(record -> ZoneRrsets.key(record.type(), record.rdata()));

    private final DomainName apex;
    private final List<ResourceRecord> records = new ArrayList<>();
    private @Nullable ResourceRecord soa;

    /** A draft without records. */
    public ZoneDraft(DomainName apex) {
        this.apex = apex;
    }

    /**
     * Adds a record; the same once more changes nothing, and of several SOA records the last counts.
     *
     * @throws ZoneException if no zone can have it: it lies elsewhere, is of another class than IN, is a query's type, or
     *     belongs to NSEC3, by which nothing is denied here
     */
    public void add(ResourceRecord record) throws ZoneException {
        Optional<String> fault = fault(record);
        if (fault.isPresent()) {
            throw new ZoneException(record.owner() + " " + RecordType.text(record.type()) + ": " + fault.get());
        }
        if (record.type() == RecordType.SOA) {
            soa = record;
        } else {
            records.add(record);
        }
    }

    private Optional<String> fault(ResourceRecord record) {
        if (!record.owner().isAtOrBelow(apex)) {
            return Optional.of("not in zone " + apex);
        }
        if (record.dnsClass() != DnsClass.IN) {
            return Optional.of("class " + DnsClass.text(record.dnsClass()) + ", expected IN");
        }
        return switch (record.type()) {
            // As CoreDNS: better no zone than one that validators find bogus.
            case RecordType.NSEC3, RecordType.NSEC3PARAM ->
                Optional.of("zones with NSEC3 are not served, sign with NSEC");
            case RecordType.SOA ->
                record.owner().equals(apex) ? Optional.empty() : Optional.of("SOA below the apex " + apex);
            case RecordType.OPT, 0 -> Optional.of("not a type of zone data");
            default ->
                record.type() >= 249 && record.type() <= 255
                        ? Optional.of("not a type of zone data")
                        : Optional.empty();
        };
    }

    /**
     * The zone of the records so far.
     *
     * @throws ZoneException without an SOA record, or with more RDATA than 2 GiB
     */
    public Zone build() throws ZoneException {
        if (soa == null) {
            throw new ZoneException("no SOA record at " + apex);
        }
        List<ResourceRecord> all = new ArrayList<>(records);
        all.add(soa);
        all.sort(ORDER);
        ZonePacker packer = new ZonePacker(apex);
        try {
            all.forEach(packer::add);
        } catch (ArithmeticException e) {
            throw new ZoneException("zone " + apex + " is over 2 GiB");
        }
        return new Zone(apex, packer.nodes(), packer.rrsets());
    }
}
