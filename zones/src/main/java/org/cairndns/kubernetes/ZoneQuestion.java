package org.cairndns.kubernetes;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.zone.LookupResult;

/** A query as its zone sees it: the labels in front of the zone, counted from the zone. */
final class ZoneQuestion {
    private static final int MAX_POSITIONS = 7;

    private final Query query;
    private final ServedZone zone;
    private final boolean synced;
    private final int prefixOctets;
    private final int labelCount;

    /** Positions of the last seven labels in front of the zone, eight bits each, the last label lowest. */
    private final long positions;

    /**
     * The question of a query for a name in the zone.
     *
     * @param synced whether the index was synced before anything was looked up
     */
    ZoneQuestion(Query query, ServedZone zone, boolean synced) {
        this.query = query;
        this.zone = zone;
        this.synced = synced;
        DomainName qname = query.qname();
        this.prefixOctets = qname.length() - zone.apex().length();
        int count = 0;
        long packed = 0;
        for (int at = 0; at < prefixOctets; at += qname.octet(at) + 1) {
            packed = packed << 8 | at;
            count++;
        }
        this.labelCount = count;
        this.positions = packed;
    }

    DomainName qname() {
        return query.qname();
    }

    int qtype() {
        return query.qtype();
    }

    ServedZone zone() {
        return zone;
    }

    /** Number of labels in front of the zone. */
    int labelCount() {
        return labelCount;
    }

    /** Where a label starts, 0 being the one next to the zone; of the seven nearest to it. */
    int label(int fromZone) {
        if (fromZone >= Math.min(labelCount, MAX_POSITIONS)) {
            throw new IllegalArgumentException("label " + fromZone + " of " + labelCount);
        }
        return (int) (positions >>> 8 * fromZone) & 0xff;
    }

    /** The zone's name in the letter case of the question. */
    DomainName zoneAsAsked() {
        return query.qname().suffixAt(prefixOctets);
    }

    /** The name exists, but not with records of this type. */
    LookupResult noData() {
        return zone.negatives().noData(prefixOctets);
    }

    /** Nobody can know whether the name exists. */
    LookupResult unknown() {
        return zone.negatives().nameError(prefixOctets, false);
    }

    /** The name does not exist. */
    LookupResult nameError() {
        return zone.negatives().nameError(prefixOctets, synced);
    }
}
