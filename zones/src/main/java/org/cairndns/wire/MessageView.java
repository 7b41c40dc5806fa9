package org.cairndns.wire;

import java.util.Arrays;

/**
 * Records seen at the positions that they have in the message: 12 header octets, the question, then the records.
 *
 * <p>Positions of names are trusted to lie inside; {@link NameCheck} has seen foreign ones before.
 */
final class MessageView {
    static final int QUESTION = 12;

    private final DomainName qname;
    private final byte[] records;
    private final int recordsStart;

    MessageView(DomainName qname, byte[] records) {
        this(qname, records, QUESTION + qname.length() + 4);
    }

    private MessageView(DomainName qname, byte[] records, int recordsStart) {
        this.qname = qname;
        this.records = records;
        this.recordsStart = recordsStart;
    }

    /** Records right behind the header. */
    static MessageView withoutQuestion(byte[] records) {
        return new MessageView(DomainName.ROOT, records, QUESTION);
    }

    int recordsStart() {
        return recordsStart;
    }

    int end() {
        return recordsStart + records.length;
    }

    int octet(int position) {
        return (position < recordsStart ? qname.octet(position - QUESTION) : records[position - recordsStart]) & 0xff;
    }

    int unsignedShort(int position) {
        return octet(position) << 8 | octet(position + 1);
    }

    int integer(int position) {
        return unsignedShort(position) << 16 | unsignedShort(position + 2);
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(records, from - recordsStart, to - recordsStart);
    }

    /** Position behind the name at {@code position}. */
    int skipName(int position) {
        int at = position;
        int length = octet(at);
        while (length != 0) {
            if (length >= 0xc0) {
                return at + 2;
            }
            at += length + 1;
            length = octet(at);
        }
        return at + 1;
    }

    /** The name at {@code position}, uncompressed. */
    DomainName name(int position) {
        if (octet(position) == 0xc0 && octet(position + 1) == QUESTION && recordsStart > QUESTION) {
            return qname;
        }
        byte[] name = new byte[DomainName.MAX_OCTETS];
        int length = expandName(position, name, 0);
        return DomainName.ofOwned(Arrays.copyOf(name, length));
    }

    /** Writes the name at {@code position} uncompressed to {@code target} and says where it ends there. */
    int expandName(int position, byte[] target, int from) {
        int at = position;
        int out = from;
        while (true) {
            int length = octet(at);
            if (length >= 0xc0) {
                at = (length & 0x3f) << 8 | octet(at + 1);
                continue;
            }
            for (int i = 0; i <= length; i++) {
                target[out++] = (byte) octet(at + i);
            }
            if (length == 0) {
                return out;
            }
            at += length + 1;
        }
    }
}
