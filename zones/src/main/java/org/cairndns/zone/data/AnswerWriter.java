package org.cairndns.zone.data;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;
import org.jspecify.annotations.Nullable;

/**
 * Writer of one response out of a zone's records; signatures and denials go with them if the client set DO.
 *
 * <p>First the answer section is filled, then one of the methods that give a result ends it. One thread at a time.
 */
final class AnswerWriter {
    private final Zone zone;
    private final ZoneRrsets rrsets;
    private final DomainName qname;
    private final ResponseBuilder builder;

    /** True if signatures are wanted, be there some or not. */
    private final boolean dnssecOk;

    /** Names in this zone for the additional section. */
    private final List<DomainName> targets = new ArrayList<>(0);

    /** The walk that ended at the encloser of a wildcard which the answer was made of. */
    private @Nullable NameWalk expansion;

    private boolean hasApexNs;

    AnswerWriter(Zone zone, Query query) {
        this.zone = zone;
        this.rrsets = zone.rrsets();
        this.qname = query.qname();
        this.dnssecOk = query.edns().dnssecOk();
        this.builder = new ResponseBuilder(qname);
    }

    ResponseBuilder builder() {
        return builder;
    }

    DomainName apex() {
        return zone.apex();
    }

    /** Notes that the records come from the wildcard below the node where this walk ended. */
    void expanded(NameWalk walk) {
        expansion = walk;
    }

    /** Writes the records asked for; false if there are none. */
    boolean answer(DomainName owner, int node, int qtype) {
        if (qtype == RecordType.ANY || qtype == RecordType.RRSIG) {
            return allAnswers(owner, node, qtype == RecordType.RRSIG);
        }
        int row = rrsets.find(node, qtype);
        if (row == ZoneRrsets.NONE) {
            return false;
        }
        hasApexNs |= qtype == RecordType.NS && node == ZoneNodes.APEX;
        row(Section.ANSWER, owner, row);
        signatures(Section.ANSWER, owner, node, qtype);
        return true;
    }

    private boolean allAnswers(DomainName owner, int node, boolean signaturesOnly) {
        boolean any = false;
        for (int row = rrsets.first(node); row < rrsets.first(node + 1); row++) {
            if (!signaturesOnly || rrsets.isSignature(row)) {
                row(Section.ANSWER, owner, row);
                any = true;
            }
        }
        return any;
    }

    /** Writes a node's CNAME record and says where it leads. */
    DomainName alias(DomainName owner, int node) {
        return redirection(owner, node, RecordType.CNAME);
    }

    /** Writes a node's DNAME record and says where it leads. */
    DomainName dname(DomainName owner, int node) {
        return redirection(owner, node, RecordType.DNAME);
    }

    private DomainName redirection(DomainName owner, int node, int type) {
        int row = rrsets.find(node, type);
        row(Section.ANSWER, owner, row);
        signatures(Section.ANSWER, owner, node, type);
        return DomainName.read(rrsets.rdata(rrsets.start(row)), 0);
    }

    /** Writes the CNAME record that the qname has because of a node's DNAME record (RFC 6672 3.1). */
    void synthesizedCname(int node, DomainName target) {
        int ttlSeconds = rrsets.ttlSeconds(rrsets.find(node, RecordType.DNAME));
        builder.name(Section.ANSWER, qname, RecordType.CNAME, ttlSeconds, target);
    }

    ZoneResult answered() {
        positiveAuthority();
        additional();
        return complete(ZoneResult.Kind.ANSWER);
    }

    /** As CoreDNS, and RFC 1034 6.2.1: the zone's name servers where they are not the answer. */
    void positiveAuthority() {
        if (!hasApexNs) {
            rrset(Section.AUTHORITY, zone.apex(), ZoneNodes.APEX, RecordType.NS);
        }
        expansionDenial();
    }

    /** RFC 4035 3.1.3.3: an answer made of a wildcard comes with the denial of the name itself. */
    void expansionDenial() {
        if (expansion != null) {
            denial().closerName(expansion, qname);
        }
    }

    /** The name that is looked at has no record of the type; {@code node} is where its records are. */
    ZoneResult noData(int node) {
        return noData(node, ZoneResult.Kind.NO_DATA);
    }

    ZoneResult emptyNonTerminal(int node) {
        return noData(node, ZoneResult.Kind.EMPTY_NON_TERMINAL);
    }

    private ZoneResult noData(int node, ZoneResult.Kind kind) {
        soa();
        Denial denial = denial();
        denial.node(node);
        // RFC 4035 3.1.3.4: for a wildcard without such records it takes both.
        if (expansion != null) {
            denial.closerName(expansion, qname);
        }
        return complete(kind);
    }

    ZoneResult nameError(NameWalk walk) {
        soa();
        Denial denial = denial();
        denial.closerName(walk, qname);
        denial.wildcard(walk);
        builder.rcode(Rcode.NXDOMAIN);
        return complete(ZoneResult.Kind.NAME_ERROR);
    }

    ZoneResult tooLong() {
        builder.rcode(Rcode.YXDOMAIN);
        return complete(ZoneResult.Kind.TOO_LONG);
    }

    /** RFC 1034 4.3.2 3b: the name servers of the zone below, and what addresses of theirs are known. */
    ZoneResult referral(int cut) {
        DomainName owner = zone.nodes().name(cut);
        // The answer section of an alias is authoritative, a bare referral is not (RFC 1035 4.1.1).
        builder.authoritative(builder.count(Section.ANSWER) > 0);
        int row = rrsets.find(cut, RecordType.NS);
        row(Section.AUTHORITY, owner, row);
        // RFC 4035 3.1.4: either there is a DS record, or it is shown that there is none.
        if (rrsets.find(cut, RecordType.DS) == ZoneRrsets.NONE) {
            denial().node(cut);
        } else if (dnssecOk) {
            rrset(Section.AUTHORITY, owner, cut, RecordType.DS);
        }
        targets.clear();
        addTargets(row);
        additional();
        return complete(ZoneResult.Kind.REFERRAL);
    }

    private Denial denial() {
        return new Denial(zone, this, dnssecOk);
    }

    private void soa() {
        ResourceRecord soa = zone.soaRecord();
        // RFC 2308 3: the TTL of a denial is the lower of both.
        int ttlSeconds = Math.min(soa.ttlSeconds(), Math.max(0, zone.soa().minimumSeconds()));
        builder.soa(Section.AUTHORITY, zone.apex(), ttlSeconds, zone.soa());
        int signatures = dnssecOk ? rrsets.findSignatures(ZoneNodes.APEX, RecordType.SOA) : ZoneRrsets.NONE;
        if (signatures != ZoneRrsets.NONE) {
            row(Section.AUTHORITY, zone.apex(), signatures, ttlSeconds);
        }
    }

    /** Writes an RRset, if there is one, with its signatures. */
    void rrset(Section section, DomainName owner, int node, int type) {
        int row = rrsets.find(node, type);
        if (row != ZoneRrsets.NONE) {
            row(section, owner, row);
            signatures(section, owner, node, type);
        }
    }

    private void signatures(Section section, DomainName owner, int node, int type) {
        int row = dnssecOk ? rrsets.findSignatures(node, type) : ZoneRrsets.NONE;
        if (row != ZoneRrsets.NONE) {
            row(section, owner, row);
        }
    }

    private void row(Section section, DomainName owner, int row) {
        row(section, owner, row, rrsets.ttlSeconds(row));
        if (section == Section.ANSWER) {
            addTargets(row);
        }
    }

    private void row(Section section, DomainName owner, int row, int ttlSeconds) {
        int type = rrsets.type(row);
        for (int at = rrsets.start(row); at < rrsets.end(row); at = rrsets.next(at)) {
            builder.add(new ResourceRecord(section, owner, type, DnsClass.IN, ttlSeconds, rrsets.rdata(at)));
        }
    }

    private void addTargets(int row) {
        int type = rrsets.type(row);
        if (AdditionalNames.offset(type) >= 0) {
            for (int at = rrsets.start(row); at < rrsets.end(row); at = rrsets.next(at)) {
                addTarget(type, rrsets.rdata(at));
            }
        }
    }

    /** Takes notice of a record that the answer section has from elsewhere. */
    void copied(ResourceRecord record) {
        hasApexNs |= record.type() == RecordType.NS && record.owner().equals(zone.apex());
        addTarget(record.type(), record.rdata());
    }

    /** Notes a name whose addresses the client will ask for next. */
    private void addTarget(int type, byte[] rdata) {
        int offset = AdditionalNames.offset(type);
        if (offset < 0) {
            return;
        }
        DomainName target = DomainName.read(rdata, offset);
        if (target.isAtOrBelow(zone.apex()) && !targets.contains(target)) {
            targets.add(target);
        }
    }

    /** RFC 1034 4.3.2 6, RFC 2782, RFC 9460 4.1: addresses of the targets, as far as this zone has them. */
    void additional() {
        for (DomainName target : targets) {
            int node = zone.node(target);
            if (node != ZoneNodes.NONE) {
                rrset(Section.ADDITIONAL, target, node, RecordType.A);
                rrset(Section.ADDITIONAL, target, node, RecordType.AAAA);
            }
        }
    }

    /** True if the additional section has what this zone knows of the name. */
    boolean isWritten(DomainName name) {
        return targets.contains(name);
    }

    private ZoneResult complete(ZoneResult.Kind kind) {
        return new ZoneResult.Complete(kind, builder.build());
    }
}
