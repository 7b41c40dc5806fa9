package org.cairndns.wire;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Maker of a {@link Response} out of our own records, which it compresses as it goes.
 *
 * <p>Records are added section by section in wire order. Owners and the targets of {@link #name} are compressed (RFC
 * 1035 4.1.4), other RDATA is written as it is; SRV targets stay uncompressed (RFC 2782). No name is compressed to a
 * place inside an address record, so address records of equal size may change places.
 *
 * <p>No message is over 65,535 octets: the first record that would end behind that is left out with all that follow, and
 * the response is marked as truncated. One thread.
 */
public final class ResponseBuilder {
    private static final int MAX_MESSAGE_OCTETS = 0xffff;

    private final DomainName qname;
    private final int recordsStart;
    private byte[] message;
    private int end;

    /** Where the record that is being added starts. */
    private int recordStart;

    private int rdataStart;
    private boolean full;
    private final int[] counts = new int[Section.values().length];
    private int rcode = Rcode.NOERROR;
    private boolean authoritative = true;
    private Section last = Section.ANSWER;
    private @Nullable NameOffsets offsets;

    /** A builder of the response to a query for {@code qname}; NOERROR and AA unless told otherwise. */
    public ResponseBuilder(DomainName qname) {
        this.qname = qname;
        this.recordsStart = MessageView.QUESTION + qname.length() + 4;
        this.message = new byte[recordsStart + 64];
        this.end = recordsStart;
        qname.copyTo(message, MessageView.QUESTION);
    }

    public ResponseBuilder rcode(int code) {
        this.rcode = code;
        return this;
    }

    public ResponseBuilder authoritative(boolean set) {
        this.authoritative = set;
        return this;
    }

    /** Adds an A or AAAA record. */
    public ResponseBuilder address(Section section, DomainName owner, int ttlSeconds, InetAddress address) {
        return address(section, owner, ttlSeconds, address.getAddress());
    }

    /** Adds an A or AAAA record for an address of 4 or 16 octets. */
    public ResponseBuilder address(Section section, DomainName owner, int ttlSeconds, byte[] address) {
        int type = address.length == 4 ? RecordType.A : RecordType.AAAA;
        return octets(section, owner, type, ttlSeconds, address);
    }

    /** Adds a record whose RDATA is one name: CNAME, NS, PTR. */
    public ResponseBuilder name(Section section, DomainName owner, int type, int ttlSeconds, DomainName target) {
        if (!start(section, owner, type, DnsClass.IN, ttlSeconds)) {
            return this;
        }
        writeName(target, true, true);
        finish();
        return this;
    }

    /** Adds an SRV record of priority 0; weight and port 0..65535. */
    public ResponseBuilder srv(
            Section section, DomainName owner, int ttlSeconds, int weight, int port, DomainName target) {
        if (!start(section, owner, RecordType.SRV, DnsClass.IN, ttlSeconds)) {
            return this;
        }
        writeShort(0);
        writeShort(weight);
        writeShort(port);
        writeName(target, false, true);
        finish();
        return this;
    }

    /** Adds an SOA record. */
    public ResponseBuilder soa(Section section, DomainName owner, int ttlSeconds, Soa soa) {
        if (!start(section, owner, RecordType.SOA, DnsClass.IN, ttlSeconds)) {
            return this;
        }
        writeName(soa.primary(), true, true);
        writeName(soa.mailbox(), true, true);
        writeInt((int) soa.serial());
        writeInt(soa.refreshSeconds());
        writeInt(soa.retrySeconds());
        writeInt(soa.expireSeconds());
        writeInt(soa.minimumSeconds());
        finish();
        return this;
    }

    /**
     * Adds a TXT record of one character-string of Latin-1 characters.
     *
     * @throws IllegalArgumentException for a text of over 255 characters
     */
    public ResponseBuilder txt(Section section, DomainName owner, int ttlSeconds, String text) {
        byte[] rdata = CharacterString.of(text.getBytes(StandardCharsets.ISO_8859_1));
        return octets(section, owner, RecordType.TXT, ttlSeconds, rdata);
    }

    /** Adds a class IN record with RDATA that is ready and has no compressed names. */
    public ResponseBuilder octets(Section section, DomainName owner, int type, int ttlSeconds, byte[] rdata) {
        return octets(section, owner, type, DnsClass.IN, ttlSeconds, rdata);
    }

    /** Adds a record of any class with RDATA that is ready and has no compressed names. */
    public ResponseBuilder octets(
            Section section, DomainName owner, int type, int dnsClass, int ttlSeconds, byte[] rdata) {
        if (!start(section, owner, type, dnsClass, ttlSeconds)) {
            return this;
        }
        reserve(rdata.length);
        System.arraycopy(rdata, 0, message, end, rdata.length);
        end += rdata.length;
        finish();
        return this;
    }

    /** Adds the record at a cursor's place to a section. */
    public ResponseBuilder copy(Section section, RecordCursor from) {
        return isOneName(from.type(), from.dnsClass())
                ? name(section, from.owner(), from.type(), from.ttlSeconds(), from.rdataName(0))
                : octets(section, from.owner(), from.type(), from.dnsClass(), from.ttlSeconds(), from.rdata());
    }

    /** Adds a record to its section. */
    public ResponseBuilder add(ResourceRecord from) {
        return isOneName(from.type(), from.dnsClass())
                ? name(from.section(), from.owner(), from.type(), from.ttlSeconds(), RdataNames.nameAt(from.rdata(), 0))
                : octets(from.section(), from.owner(), from.type(), from.dnsClass(), from.ttlSeconds(), from.rdata());
    }

    /** True for RDATA that is a name which may be compressed. */
    private static boolean isOneName(int type, int dnsClass) {
        return dnsClass == DnsClass.IN && (type == RecordType.CNAME || type == RecordType.NS || type == RecordType.PTR);
    }

    /** Number of records added to a section so far. */
    public int count(Section section) {
        return counts[section.ordinal()];
    }

    /** Size of the message so far in octets, header and question among them. */
    public int octets() {
        return end;
    }

    /** The response; the builder is not to be used afterwards. */
    public Response build() {
        byte[] records = Arrays.copyOfRange(message, recordsStart, end);
        Response response = Response.own(rcode, authoritative, packedCounts(), records);
        return full ? response.withTruncated(true) : response;
    }

    /** The response with the flags and EDNS options of another one, whose records these were or replace. */
    public Response buildLike(Response other) {
        byte[] records = Arrays.copyOfRange(message, recordsStart, end);
        Response response = other.withRecords(rcode, packedCounts(), records);
        return full ? response.withTruncated(true) : response;
    }

    /** The response as if an upstream had sent it with these flags. */
    Response buildUpstream(int wireFlags) {
        byte[] records = Arrays.copyOfRange(message, recordsStart, end);
        Response response = Response.upstream(wireFlags, rcode, packedCounts(), records);
        return full ? response.withTruncated(true) : response;
    }

    private long packedCounts() {
        long packed = 0;
        for (int i = 0; i < counts.length; i++) {
            packed |= (long) counts[i] << 16 * i;
        }
        return packed;
    }

    /** Writes what stands in front of the RDATA; false once the message is full. */
    private boolean start(Section section, DomainName owner, int type, int dnsClass, int ttlSeconds) {
        if (section.compareTo(last) < 0) {
            throw new IllegalStateException(section + " record after one of " + last);
        }
        last = section;
        if (full) {
            return false;
        }
        recordStart = end;
        writeName(owner, true, type != RecordType.A && type != RecordType.AAAA);
        writeShort(type);
        writeShort(dnsClass);
        writeInt(ttlSeconds);
        writeShort(0);
        rdataStart = end;
        return true;
    }

    private void finish() {
        if (end > MAX_MESSAGE_OCTETS) {
            end = recordStart;
            full = true;
            return;
        }
        int length = end - rdataStart;
        message[rdataStart - 2] = (byte) (length >> 8);
        message[rdataStart - 1] = (byte) length;
        counts[last.ordinal()]++;
    }

    /** Writes a name; a pointer takes the place of what is there already, and what is new may be pointed to later. */
    private void writeName(DomainName name, boolean compressed, boolean mayBeTarget) {
        reserve(name.length() + 2);
        if (compressed && name.length() > 1 && name.equals(qname)) {
            writeShort(0xc000 | MessageView.QUESTION);
            return;
        }
        NameOffsets known = knownNames();
        int fresh = 0;
        int pointer = -1;
        while (name.octet(fresh) != 0) {
            pointer = known.find(name, fresh, message);
            if (pointer >= 0) {
                break;
            }
            fresh += name.octet(fresh) + 1;
        }
        if (mayBeTarget) {
            known.add(name, fresh, end);
        }
        int plain = compressed ? fresh : name.length() - 1;
        for (int i = 0; i < plain; i++) {
            message[end++] = name.octet(i);
        }
        if (compressed && pointer >= 0) {
            writeShort(0xc000 | pointer);
        } else {
            message[end++] = 0;
        }
    }

    private NameOffsets knownNames() {
        if (offsets == null) {
            offsets = new NameOffsets();
            offsets.add(qname, qname.length() - 1, MessageView.QUESTION);
        }
        return offsets;
    }

    private void writeShort(int value) {
        reserve(2);
        message[end++] = (byte) (value >> 8);
        message[end++] = (byte) value;
    }

    private void writeInt(int value) {
        writeShort(value >>> 16);
        writeShort(value);
    }

    private void reserve(int octets) {
        if (end + octets > message.length) {
            message = Arrays.copyOf(message, Math.max(message.length * 2, end + octets));
        }
    }
}
