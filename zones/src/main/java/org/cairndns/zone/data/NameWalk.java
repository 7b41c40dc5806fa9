package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;

/**
 * The way from the apex down to a name, label by label, as far as the zone goes (RFC 1034 4.3.2 3).
 *
 * @param end why it ends
 * @param node where it ends: the name's node, the zone cut, the owner of the DNAME, or the closest encloser (RFC 4592
 *     3.3.1)
 * @param missingAt where in the name the first label stands that has no node; only for {@link End#MISSING}
 */
record NameWalk(End end, int node, int missingAt) {
    /** Reasons to stop. */
    enum End {
        /** The name has a node. */
        FOUND,
        /** The closest encloser has no such child. */
        MISSING,
        /** A name on the way, or the name itself, belongs to a zone below. */
        CUT,
        /** A name on the way has a DNAME record. */
        DNAME
    }

    /** The walk to a name at or below the apex. */
    static NameWalk to(DomainName name, int qtype, Zone zone) {
        ZoneNodes nodes = zone.nodes();
        int[] labels = CanonicalOrder.labelStarts(name);
        int left = labels.length - zone.apex().labelCount();
        int node = ZoneNodes.APEX;
        while (left > 0) {
            if (zone.rrsets().find(node, RecordType.DNAME) != ZoneRrsets.NONE) {
                return new NameWalk(End.DNAME, node, 0);
            }
            int at = labels[--left];
            int child = nodes.child(node, name, at);
            if (child == ZoneNodes.NONE) {
                return new NameWalk(End.MISSING, node, at);
            }
            node = child;
            // RFC 4035 3.1.4.1: DS records belong to the zone above the cut.
            boolean cut = zone.rrsets().find(node, RecordType.NS) != ZoneRrsets.NONE;
            if (cut && (left > 0 || qtype != RecordType.DS)) {
                return new NameWalk(End.CUT, node, 0);
            }
        }
        return new NameWalk(End.FOUND, node, 0);
    }
}
