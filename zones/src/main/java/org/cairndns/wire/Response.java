package org.cairndns.wire;

import java.util.Arrays;

/**
 * Answer to one question: flags, RCODE and the records as octets in wire form.
 *
 * <p>The records are the octets that follow the question section of a message whose question has the qname that this
 * response was made for. Compression pointers in them count from that message's start, so they hold for every query
 * with an equal qname, whatever its letter case. The OPT record is not among them. Immutable, any thread.
 */
public final class Response {
    private static final int AA = 0x0400;
    private static final int TC = 0x0200;
    private static final int RA = 0x0080;
    private static final int AD = 0x0020;
    private static final int WIRE_FLAGS = AA | TC | RA | AD;

    /** Bits over the sixteen of the wire. */
    private static final int SHUFFLED = 1 << 16;

    private static final int FROM_UPSTREAM = 1 << 17;
    private static final int HAS_EDNS = 1 << 18;

    /** The response has an RD bit of its own, {@link Query#FLAG_RD}; low bits of the wire's flag word are free here. */
    private static final int HAS_RD = 1;

    /** All records are alike but for their addresses, see {@link AddressRecords}. */
    private static final int ALIKE = 1 << 1;

    /** A limit of the size takes the bits from here on. */
    private static final int LIMIT_SHIFT = 19;

    /**
     * Most octets of a response over UDP where nothing else is configured: what passes every IPv6 network in one piece (RFC 9715
     * 3.1 recommends at most 1400). Unlike in CoreDNS, which fills what the client takes; the resolvers of this time do as here.
     */
    public static final int USUAL_UDP_OCTETS = 1232;

    private static final int MAX_LIMIT = (1 << 32 - LIMIT_SHIFT) - 1;
    private static final int MIN_LIMIT = 512;
    private static final int OWN_TTLS = -1;
    private static final byte[] NONE = new byte[0];

    private final int bits;
    private final int rcode;
    private final long counts;
    private final int ttlSeconds;
    private final byte[] records;
    private final byte[] ednsOptions;

    private Response(int bits, int rcode, long counts, int ttlSeconds, byte[] records, byte[] ednsOptions) {
        this.bits = bits;
        this.rcode = rcode;
        this.counts = counts;
        this.ttlSeconds = ttlSeconds;
        this.records = records;
        this.ednsOptions = ednsOptions;
    }

    /** A response without records, AA clear: how a failure reaches the client. */
    public static Response bare(int rcode) {
        return new Response(0, rcode, 0, OWN_TTLS, NONE, NONE);
    }

    /** A response of our own data; {@code counts} holds one section's count in each 16 bits, answer lowest. */
    static Response own(int rcode, boolean authoritative, long counts, byte[] records) {
        return new Response((authoritative ? AA : 0) | alike(counts, records), rcode, counts, OWN_TTLS, records, NONE);
    }

    /** A response as an upstream sent it. */
    static Response upstream(int wireFlags, int rcode, long counts, byte[] records) {
        int bits = wireFlags & WIRE_FLAGS | FROM_UPSTREAM | alike(counts, records);
        return new Response(bits, rcode, counts, OWN_TTLS, records, NONE);
    }

    /** The bit that says whether all records are answers alike. */
    private static int alike(long counts, byte[] records) {
        return counts <= 0xffff && AddressRecords.areAlike(records, (int) counts) ? ALIKE : 0;
    }

    /** This response with other records, each with a TTL of its own, made for perhaps another qname. */
    Response withRecords(int otherRcode, long otherCounts, byte[] otherRecords) {
        int otherBits = bits & ~ALIKE | alike(otherCounts, otherRecords);
        return new Response(otherBits, otherRcode, otherCounts, OWN_TTLS, otherRecords, ednsOptions);
    }

    /** This response with EDNS options of its own: code, length, value, repeated. */
    public Response withEdns(byte[] options) {
        return new Response(bits | HAS_EDNS, rcode, counts, ttlSeconds, records, options);
    }

    /** This response without EDNS options of its own. */
    public Response withoutEdns() {
        return hasEdns() ? new Response(bits & ~HAS_EDNS, rcode, counts, ttlSeconds, records, NONE) : this;
    }

    /** This response without authority and additional section, and without EDNS options of its own. */
    public Response withAnswerOnly() {
        int answers = count(Section.ANSWER);
        if (answers == recordCount()) {
            return withoutEdns();
        }
        byte[] kept = Arrays.copyOf(records, RecordScan.octets(records, answers));
        return new Response(bits & ~HAS_EDNS | alike(answers, kept), rcode, answers, ttlSeconds, kept, NONE);
    }

    /** This response with one TTL, 0..2^31-1 seconds, for all its records. */
    public Response withTtl(int seconds) {
        return new Response(bits, rcode, counts, seconds, records, ednsOptions);
    }

    /** This response with address records in a new random order each time it is written. */
    public Response withShuffledAddresses() {
        return withBits(bits | SHUFFLED);
    }

    /** This response with address records in the order they have here. */
    public Response withAddressesInOrder() {
        return withBits(bits & ~SHUFFLED);
    }

    /**
     * This response as one that takes at most so many octets in a UDP message, in place of {@link #USUAL_UDP_OCTETS}. The client's
     * limit holds beside it.
     *
     * @param octets 512..8191
     * @throws IllegalArgumentException for another number
     */
    public Response withMaxUdpOctets(int octets) {
        if (octets < MIN_LIMIT || octets > MAX_LIMIT) {
            throw new IllegalArgumentException("octets: expected 512 to " + MAX_LIMIT + ", got " + octets);
        }
        return withBits(bits & (1 << LIMIT_SHIFT) - 1 | octets << LIMIT_SHIFT);
    }

    public Response withAuthoritative(boolean set) {
        return withBits(set ? bits | AA : bits & ~AA);
    }

    public Response withTruncated(boolean set) {
        return withBits(set ? bits | TC : bits & ~TC);
    }

    public Response withAuthenticData(boolean set) {
        return withBits(set ? bits | AD : bits & ~AD);
    }

    public Response withRecursionAvailable(boolean set) {
        return withBits(set ? bits | RA : bits & ~RA);
    }

    /** This response with an RD bit of its own in place of the query's. */
    public Response withRecursionDesired(boolean set) {
        return withBits(bits & ~Query.FLAG_RD | HAS_RD | (set ? Query.FLAG_RD : 0));
    }

    public Response withRcode(int other) {
        return other == rcode ? this : new Response(bits, other, counts, ttlSeconds, records, ednsOptions);
    }

    private Response withBits(int other) {
        return other == bits ? this : new Response(other, rcode, counts, ttlSeconds, records, ednsOptions);
    }

    public int rcode() {
        return rcode;
    }

    public boolean authoritative() {
        return (bits & AA) != 0;
    }

    public boolean truncated() {
        return (bits & TC) != 0;
    }

    public boolean recursionAvailable() {
        return (bits & RA) != 0;
    }

    public boolean authenticData() {
        return (bits & AD) != 0;
    }

    /** True if the records came from another server, so that their TTLs count down. */
    public boolean fromUpstream() {
        return (bits & FROM_UPSTREAM) != 0;
    }

    /** True if the response brings an OPT record with {@link #ednsOptions()}. */
    public boolean hasEdns() {
        return (bits & HAS_EDNS) != 0;
    }

    public byte[] ednsOptions() {
        return ednsOptions;
    }

    /** Number of records in a section, 0..65535. */
    public int count(Section section) {
        return (int) (counts >>> 16 * section.ordinal()) & 0xffff;
    }

    /** Number of records, OPT not counted. */
    public int recordCount() {
        return count(Section.ANSWER) + count(Section.AUTHORITY) + count(Section.ADDITIONAL);
    }

    /** Size of the records in octets. */
    public int recordOctets() {
        return records.length;
    }

    /** True if there are several records, all of them in the answer section and alike as {@link AddressRecords} says. */
    boolean addressesAreAlike() {
        return (bits & ALIKE) != 0;
    }

    /** TTL that holds for all records, or -1 if each has its own. */
    int commonTtlSeconds() {
        return ttlSeconds;
    }

    /** Most octets of a UDP message with this response, if the client takes as many. */
    int maxUdpOctets() {
        int limit = bits >>> LIMIT_SHIFT;
        return limit == 0 ? USUAL_UDP_OCTETS : limit;
    }

    /** What an OPT record says of UDP payloads: the client's own number, or the configured one where that is less. */
    int udpPayloadSize(int clients) {
        int limit = bits >>> LIMIT_SHIFT;
        return limit == 0 ? clients : Math.min(clients, limit);
    }

    /** The flags copied from a query, but for an RD bit of the response's own. */
    int copiedFlags(int ofQuery) {
        return (bits & HAS_RD) == 0 ? ofQuery : ofQuery & ~Query.FLAG_RD | bits & Query.FLAG_RD;
    }

    /** True after {@link #withShuffledAddresses}. */
    public boolean shufflesAddresses() {
        return (bits & SHUFFLED) != 0;
    }

    int wireFlags() {
        return bits & WIRE_FLAGS;
    }

    /** The records; not to be changed. */
    byte[] records() {
        return records;
    }
}
