package org.cairndns.zone.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Section;

/** Walk over the records of a zone but its SOA, which makes them one by one. One thread at a time. */
final class ZoneRecords implements Iterator<ResourceRecord> {
    private final ZoneNodes nodes;
    private final ZoneRrsets rrsets;
    private int node;
    private int row;

    /** Where the next record's RDATA stands, if there is one. */
    private int at;

    private DomainName owner;

    ZoneRecords(ZoneNodes nodes, ZoneRrsets rrsets) {
        this.nodes = nodes;
        this.rrsets = rrsets;
        this.owner = nodes.name(ZoneNodes.APEX);
        settle();
    }

    /** Goes on to the first row from {@link #row} on that is no SOA. */
    private void settle() {
        while (row < rrsets.count() && rrsets.type(row) == RecordType.SOA) {
            row++;
        }
        if (row == rrsets.count()) {
            return;
        }
        if (row >= rrsets.first(node + 1)) {
            while (row >= rrsets.first(node + 1)) {
                node++;
            }
            owner = nodes.name(node);
        }
        at = rrsets.start(row);
    }

    @Override
    public boolean hasNext() {
        return row < rrsets.count();
    }

    @Override
    public ResourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ResourceRecord record = new ResourceRecord(
                Section.ANSWER, owner, rrsets.type(row), DnsClass.IN, rrsets.ttlSeconds(row), rrsets.rdata(at));
        at = rrsets.next(at);
        if (at == rrsets.end(row)) {
            row++;
            settle();
        }
        return record;
    }
}
