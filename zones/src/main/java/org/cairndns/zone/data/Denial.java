package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Section;

/**
 * NSEC records of one response that show what is not there (RFC 4035 3.1.3), each once.
 *
 * <p>Without DO, and in a zone that is not signed, there are none.
 */
final class Denial {
    private final Zone zone;
    private final AnswerWriter writer;
    private final boolean wanted;
    private int written = ZoneNodes.NONE;

    Denial(Zone zone, AnswerWriter writer, boolean dnssecOk) {
        this.zone = zone;
        this.writer = writer;
        this.wanted = dnssecOk && zone.rrsets().find(ZoneNodes.APEX, RecordType.NSEC) != ZoneRrsets.NONE;
    }

    /** The types of a node, or that it has none: the NSEC record in front of an empty non-terminal says so. */
    void node(int node) {
        write(node);
    }

    /** That the name a walk missed does not exist, nor any name between it and the encloser. */
    void closerName(NameWalk walk, DomainName name) {
        if (wanted) {
            write(zone.nodes().before(walk.node(), name, walk.missingAt()));
        }
    }

    /** That no wildcard stands in for the name. */
    void wildcard(NameWalk walk) {
        if (wanted) {
            write(zone.nodes().before(walk.node(), Wildcard.NAME, 0));
        }
    }

    /** Writes the last NSEC record at or before a node; names below a zone cut have none. */
    private void write(int node) {
        if (!wanted) {
            return;
        }
        int at = node;
        while (zone.rrsets().find(at, RecordType.NSEC) == ZoneRrsets.NONE) {
            at--;
        }
        if (at != written) {
            writer.rrset(Section.AUTHORITY, zone.nodes().name(at), at, RecordType.NSEC);
            written = at;
        }
    }
}
