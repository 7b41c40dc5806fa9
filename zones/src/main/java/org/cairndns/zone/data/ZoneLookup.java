package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;

/** One question to a zone: the algorithm of RFC 1034 4.3.2 with RFC 4592 (wildcards) and RFC 6672 (DNAME). */
final class ZoneLookup {
    /** As many as CoreDNS follows inside a zone. */
    private static final int MAX_ALIASES = 9;

    private final Zone zone;
    private final ZoneRrsets rrsets;
    private final DomainName qname;
    private final int qtype;
    private final AnswerWriter writer;
    private int aliases;

    ZoneLookup(Zone zone, Query query) {
        this.zone = zone;
        this.rrsets = zone.rrsets();
        this.qname = query.qname();
        this.qtype = query.qtype();
        this.writer = new AnswerWriter(zone, query);
    }

    ZoneResult result() {
        NameWalk walk = NameWalk.to(qname, qtype, zone);
        return switch (walk.end()) {
            case FOUND -> rrsets.isEmpty(walk.node()) ? writer.emptyNonTerminal(walk.node()) : at(qname, walk.node());
            case MISSING -> missing(walk);
            case CUT -> writer.referral(walk.node());
            case DNAME -> substitution(walk.node());
        };
    }

    private ZoneResult missing(NameWalk walk) {
        int wildcard = zone.nodes().wildcard(walk.node());
        if (wildcard == ZoneNodes.NONE) {
            return writer.nameError(walk);
        }
        // RFC 4592 3.3: the records of the wildcard, or their absence, are the name's.
        writer.expanded(walk);
        return at(qname, wildcard);
    }

    /** The answer for an owner out of the records of a node. */
    private ZoneResult at(DomainName owner, int node) {
        if (isAlias(node)) {
            return follow(writer.alias(owner, node));
        }
        return writer.answer(owner, node, qtype) ? writer.answered() : writer.noData(node);
    }

    /** True if the answer is that of the CNAME record's target. */
    private boolean isAlias(int node) {
        return switch (qtype) {
            // RFC 1034 4.3.2 3a: the CNAME record itself.
            case RecordType.CNAME, RecordType.ANY -> false;
            // RFC 4034 3, 4: in a signed zone an alias has these of its own.
            case RecordType.RRSIG, RecordType.NSEC -> has(node, RecordType.CNAME) && !has(node, RecordType.NSEC);
            default -> has(node, RecordType.CNAME);
        };
    }

    private boolean has(int node, int type) {
        return rrsets.find(node, type) != ZoneRrsets.NONE;
    }

    private ZoneResult follow(DomainName target) {
        if (++aliases > MAX_ALIASES) {
            // As CoreDNS, which leaves it to the client to see that they lead in a circle.
            return writer.answered();
        }
        if (!target.isAtOrBelow(zone.apex())) {
            return elsewhere(target);
        }
        NameWalk walk = NameWalk.to(target, qtype, zone);
        return switch (walk.end()) {
            case FOUND -> rrsets.isEmpty(walk.node()) ? elsewhere(target) : at(target, walk.node());
            case CUT -> writer.referral(walk.node());
            // As in CoreDNS a zone served beside this one, or the next handler, may know the name.
            case MISSING, DNAME -> elsewhere(target);
        };
    }

    private ZoneResult elsewhere(DomainName target) {
        return new ZoneResult.Alias(target, new AliasAnswer(writer, qtype));
    }

    /** RFC 6672 3.2 3C: the DNAME record, the CNAME record that it stands for, and what that leads to. */
    private ZoneResult substitution(int node) {
        DomainName owner = zone.nodes().name(node);
        DomainName target = writer.dname(owner, node);
        int kept = qname.prefixOctets(owner);
        if (kept + target.length() > DomainName.MAX_OCTETS) {
            return writer.tooLong();
        }
        DomainName substitute = qname.withSuffix(kept, target);
        if (substitute.equals(qname)) {
            return new ZoneResult.Failed("DNAME of " + owner + " leads to itself");
        }
        writer.synthesizedCname(node, substitute);
        return qtype == RecordType.CNAME || qtype == RecordType.ANY ? writer.answered() : follow(substitute);
    }
}
