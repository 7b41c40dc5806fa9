package org.cairndns.wire;

import java.net.InetSocketAddress;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One DNS query as read: header, question, EDNS, where it came from.
 *
 * <p>Immutable but for its notes, any thread. Internal look-ups (the target of an alias, for example) are queries too,
 * with a {@link #depth()} over 0. A NOTIFY has the same parts (RFC 1996 3); only chains made for it see one.
 */
public final class Query implements ReadResult {
    static final int FLAG_RD = 0x0100;
    static final int FLAG_AD = 0x0020;
    static final int FLAG_CD = 0x0010;

    /** Bits of the opcode in the flag word, 0 for a query. */
    static final int OPCODE = 0x7800;

    /** The opcode NOTIFY, 4, at its place. */
    static final int NOTIFY = 0x2000;

    static final long NO_SERIAL = -1;

    private static final int MIN_UDP_OCTETS = 512;

    /** What an IPv4 datagram of 65,535 octets holds behind its headers; a socket refuses to send more. */
    private static final int MAX_UDP_OCTETS = 65_507;

    private final char id;
    private final char flags;
    private final DomainName qname;
    private final char qtype;
    private final char qclass;
    private final Edns edns;
    private final char sizeOctets;

    /** Serial of the SOA record that came along, or {@link #NO_SERIAL}. */
    private final long soaSerial;

    private final InetSocketAddress client;
    private final ListenerInfo listener;
    private final char depth;

    /** Null where nothing is to be noted, which is the usual case. */
    private final @Nullable QueryNotes notes;

    private Query(
            int id,
            int flags,
            DomainName qname,
            int qtype,
            int qclass,
            Edns edns,
            int sizeOctets,
            long soaSerial,
            InetSocketAddress client,
            ListenerInfo listener,
            int depth,
            @Nullable QueryNotes notes) {
        this.id = (char) id;
        this.flags = (char) flags;
        this.qname = qname;
        this.qtype = (char) qtype;
        this.qclass = (char) qclass;
        this.edns = edns;
        this.sizeOctets = (char) sizeOctets;
        this.soaSerial = soaSerial;
        this.client = client;
        this.listener = listener;
        this.depth = (char) depth;
        this.notes = notes;
    }

    /** A query as {@link QueryReader} found it. */
    static Query read(
            int id,
            int flags,
            DomainName qname,
            int qtypeAndClass,
            Edns edns,
            int sizeOctets,
            long soaSerial,
            InetSocketAddress client,
            ListenerInfo listener) {
        return new Query(
                id,
                flags,
                qname,
                qtypeAndClass >>> 16,
                qtypeAndClass & 0xffff,
                edns,
                sizeOctets,
                soaSerial,
                client,
                listener,
                0,
                null);
    }

    /** A query of our own making with RD set, class IN, without EDNS. */
    public static Query of(DomainName qname, int qtype, InetSocketAddress client, ListenerInfo listener) {
        int sizeOctets = 12 + qname.length() + 4;
        return new Query(
                0, FLAG_RD, qname, qtype, DnsClass.IN, Edns.NONE, sizeOctets, NO_SERIAL, client, listener, 0, null);
    }

    /** The look-up of another name on behalf of this query, one level deeper, class IN. */
    public Query inner(DomainName otherName, int otherType) {
        return new Query(
                id,
                flags,
                otherName,
                otherType,
                DnsClass.IN,
                edns,
                sizeOctets,
                soaSerial,
                client,
                listener,
                depth + 1,
                null);
    }

    /** This query with the AD bit set, by which a resolver says that it understands AD (RFC 6840 5.7). */
    public Query withAuthenticData() {
        return authenticData() ? this : withFlags(flags | FLAG_AD);
    }

    /** This query with the RD bit set or clear. */
    public Query withRecursionDesired(boolean set) {
        return withFlags(set ? flags | FLAG_RD : flags & ~FLAG_RD);
    }

    private Query withFlags(int other) {
        return new Query(id, other, qname, qtype, qclass, edns, sizeOctets, soaSerial, client, listener, depth, notes);
    }

    /** This query with another question; the response to it is to be made anew for the old one. */
    public Query withQuestion(DomainName otherName, int otherType, int otherClass) {
        return new Query(
                id,
                flags,
                otherName,
                otherType,
                otherClass,
                edns,
                sizeOctets,
                soaSerial,
                client,
                listener,
                depth,
                notes);
    }

    /** This query with other EDNS data. */
    public Query withEdns(Edns other) {
        return new Query(id, flags, qname, qtype, qclass, other, sizeOctets, soaSerial, client, listener, depth, notes);
    }

    /** This query as if it had come in elsewhere. */
    public Query withListener(ListenerInfo other) {
        return new Query(id, flags, qname, qtype, qclass, edns, sizeOctets, soaSerial, client, other, depth, notes);
    }

    /** This query able to take notes, of which those made by it know too; there are none yet. */
    public Query withNotes() {
        return new Query(
                id,
                flags,
                qname,
                qtype,
                qclass,
                edns,
                sizeOctets,
                soaSerial,
                client,
                listener,
                depth,
                new QueryNotes(this));
    }

    /** Notes something under a label; no effect before {@link #withNotes} and in an internal look-up. */
    public void note(String label, String text) {
        if (notes != null) {
            notes.add(label, text);
        }
    }

    /** What was noted under a label last, empty if nothing was. */
    public String noted(String label) {
        return notes == null ? "" : notes.text(label);
    }

    /** The query as it was before handlers changed it: as at {@link #withNotes}, or this one. */
    public Query original() {
        return notes == null ? this : notes.original();
    }

    /** Message id, 0..65535. */
    public int id() {
        return id;
    }

    /** The header's flag word as received. */
    public int flags() {
        return flags;
    }

    /** True for a NOTIFY: the sender says that the zone named {@link #qname()} has changed (RFC 1996). */
    public boolean isNotify() {
        return (flags & OPCODE) == NOTIFY;
    }

    /**
     * Serial of the SOA record that came along, 0..2^32-1: with IXFR the client's (RFC 1995 3), with a NOTIFY perhaps
     * that of the change (RFC 1996 3.7). Empty if there was none.
     */
    public OptionalLong soaSerial() {
        return soaSerial == NO_SERIAL ? OptionalLong.empty() : OptionalLong.of(soaSerial);
    }

    public DomainName qname() {
        return qname;
    }

    /** Type asked for, see {@link RecordType}. */
    public int qtype() {
        return qtype;
    }

    /** Class asked for, see {@link DnsClass}. */
    public int qclass() {
        return qclass;
    }

    public Edns edns() {
        return edns;
    }

    public boolean recursionDesired() {
        return (flags & FLAG_RD) != 0;
    }

    public boolean authenticData() {
        return (flags & FLAG_AD) != 0;
    }

    public boolean checkingDisabled() {
        return (flags & FLAG_CD) != 0;
    }

    /** Size of the message as received in octets. */
    public int sizeOctets() {
        return sizeOctets;
    }

    public InetSocketAddress client() {
        return client;
    }

    public ListenerInfo listener() {
        return listener;
    }

    /** 0 for a client's query, else how many internal look-ups lie above this one. */
    public int depth() {
        return depth;
    }

    /** Largest response in octets that the client takes on this transport, 512..65535. */
    public int maxResponseOctets() {
        if (listener.transport().isStream()) {
            return 0xffff;
        }
        // RFC 6891 6.2.3: values below 512 count as 512; without EDNS it is 512 (RFC 1035 4.2.1).
        return Math.clamp(edns.udpPayloadSize(), MIN_UDP_OCTETS, MAX_UDP_OCTETS);
    }

    @Override
    public String toString() {
        return qname + " " + DnsClass.text(qclass) + " " + RecordType.text(qtype);
    }
}
