package org.cairndns.acceptance;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The records of a message as they lie there, for what a parser hides. */
final class WireRecords {
    private static final int HEADER_OCTETS = 12;

    private WireRecords() {}

    /** RDLENGTH of all records of the type, in their order. */
    static List<Integer> rdataOctets(byte[] message, int type) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int records = in.getShort(6) + in.getShort(8) + in.getShort(10);
        in.position(HEADER_OCTETS);
        skipName(in);
        in.position(in.position() + 4);
        List<Integer> lengths = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            skipName(in);
            boolean wanted = in.getShort() == type;
            in.position(in.position() + 6);
            int length = in.getShort() & 0xffff;
            if (wanted) {
                lengths.add(length);
            }
            in.position(in.position() + length);
        }
        return lengths;
    }

    /** The question as it lies in the message: qname, type and class. */
    static byte[] question(byte[] message) {
        ByteBuffer in = ByteBuffer.wrap(message);
        in.position(HEADER_OCTETS);
        skipName(in);
        byte[] question = new byte[in.position() + 4 - HEADER_OCTETS];
        in.position(HEADER_OCTETS).get(question);
        return question;
    }

    private static void skipName(ByteBuffer in) {
        int length = in.get() & 0xff;
        while (length != 0) {
            if (length >= 0xc0) {
                in.get();
                return;
            }
            in.position(in.position() + length);
            length = in.get() & 0xff;
        }
    }
}
