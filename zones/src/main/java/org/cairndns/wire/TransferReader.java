package org.cairndns.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * Reader of the messages of a zone transfer that another server sends (RFC 5936 2.2).
 *
 * <p>Every name and length is checked. Only the first message has to repeat the question. Any thread.
 */
public final class TransferReader {
    private static final int HEADER_OCTETS = 12;
    private static final int FIXED_OCTETS = 10;

    /** QR with the four bits of the opcode. */
    private static final int KIND = 0xf800;

    private static final int RESPONSE = 0x8000;

    private TransferReader() {}

    /**
     * The records of a message's answer section, in order, names uncompressed.
     *
     * @param id the query's
     * @throws BadMessageException for anything but a NOERROR response to the query
     */
    public static List<ResourceRecord> read(byte[] message, int id, Query query) throws BadMessageException {
        if (message.length < HEADER_OCTETS) {
            throw malformed("message of " + message.length + " octets");
        }
        int flags = RecordOctets.unsignedShort(message, 2);
        if (RecordOctets.unsignedShort(message, 0) != id || (flags & KIND) != RESPONSE) {
            throw new BadMessageException(BadMessageException.Reason.UNRELATED, "not a response to this query");
        }
        if ((flags & 0xf) != Rcode.NOERROR) {
            throw malformed("rcode was " + Rcode.text(flags & 0xf));
        }
        int questions = RecordOctets.unsignedShort(message, 4);
        if (questions > 1 || questions == 1 && !hasQuestion(message, query)) {
            throw new BadMessageException(
                    BadMessageException.Reason.WRONG_QUESTION, "response to another question than " + query);
        }
        MessageView view = questions == 1
                ? new MessageView(
                        query.qname(),
                        rest(message, HEADER_OCTETS + query.qname().length() + 4))
                : MessageView.withoutQuestion(rest(message, HEADER_OCTETS));
        return records(view, RecordOctets.unsignedShort(message, 6));
    }

    private static byte[] rest(byte[] message, int from) {
        byte[] records = new byte[message.length - from];
        System.arraycopy(message, from, records, 0, records.length);
        return records;
    }

    private static boolean hasQuestion(byte[] message, Query query) {
        DomainName qname = query.qname();
        int type = HEADER_OCTETS + qname.length();
        if (message.length < type + 4) {
            return false;
        }
        for (int i = 0; i < qname.length(); i++) {
            int octet = message[HEADER_OCTETS + i];
            int lower = octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet;
            if (lower != qname.lowerOctet(i)) {
                return false;
            }
        }
        return RecordOctets.unsignedShort(message, type) == query.qtype()
                && RecordOctets.unsignedShort(message, type + 2) == query.qclass();
    }

    private static List<ResourceRecord> records(MessageView view, int count) throws BadMessageException {
        NameCheck names = new NameCheck(view);
        List<ResourceRecord> records = new ArrayList<>();
        DomainName lastOwner = DomainName.ROOT;
        int at = view.recordsStart();
        for (int i = 0; i < count; i++) {
            int fixed = names.after(at);
            int rdata = fixed + FIXED_OCTETS;
            if (fixed < 0 || rdata > view.end()) {
                throw malformed("malformed record at octet " + at);
            }
            int type = view.unsignedShort(fixed);
            int dnsClass = view.unsignedShort(fixed + 2);
            int next = rdata + view.unsignedShort(fixed + 8);
            if (next > view.end() || !RdataNames.isProper(view, names, type, dnsClass, rdata, next)) {
                throw malformed("malformed record at octet " + at);
            }
            DomainName owner = view.name(at);
            // One object for all records of a name.
            lastOwner = owner.equals(lastOwner) ? lastOwner : owner;
            // RFC 2181 8: larger values count as 0.
            int ttlSeconds = Math.max(0, view.integer(fixed + 4));
            byte[] octets = RdataNames.expand(view, type, dnsClass, rdata, next);
            records.add(new ResourceRecord(Section.ANSWER, lastOwner, type, dnsClass, ttlSeconds, octets));
            at = next;
        }
        return records;
    }

    private static BadMessageException malformed(String message) {
        return new BadMessageException(BadMessageException.Reason.MALFORMED, message);
    }
}
