package org.cairndns.perf.faults.hostile;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/** Whether a response is a proper one to what was sent, by dnsjava and by the octets. */
final class ReplyCheck {
    /** How the fault begins of a response that dnsjava does not take. */
    static final String UNREADABLE = "cannot be read";

    private static final int HEADER_OCTETS = 12;

    private ReplyCheck() {}

    /**
     * What is wrong with a response, empty if nothing is.
     *
     * @param maxOctets the largest response that may come
     */
    static Optional<String> fault(byte[] query, byte[] reply, Expectation expected, int maxOctets) {
        if (reply.length < HEADER_OCTETS || reply.length > maxOctets) {
            return Optional.of("has " + reply.length + " octets");
        }
        if (reply[0] != query[0] || reply[1] != query[1] || (reply[2] & 0x80) == 0) {
            return Optional.of("is no response to this query");
        }
        if ((reply[2] & 0x78) != (query[2] & 0x78)) {
            return Optional.of("has another opcode");
        }
        Message message;
        try {
            message = new Message(reply);
        } catch (IOException | RuntimeException e) {
            return Optional.of(UNREADABLE + ": " + e);
        }
        int rcode = message.getRcode();
        if (!expected.rcodes().get(rcode)) {
            return Optional.of("has RCODE " + rcode + " in place of " + expected.rcodes());
        }
        // The messages of a transfer behind the first come without question and OPT (RFC 5936 2.2).
        boolean several = expected.kind() == Expectation.Kind.SOME;
        boolean edns = message.getOPT() != null;
        if (edns != expected.edns() && !several) {
            return Optional.of(edns ? "has an OPT record" : "has no OPT record");
        }
        boolean bare = several || rcode == Expectation.FORMERR || rcode == Expectation.NOTIMP;
        return question(query, reply, bare, message.getHeader().getFlag(Flags.RD));
    }

    private static Optional<String> question(byte[] query, byte[] reply, boolean bare, boolean recursion) {
        if (recursion != ((query[2] & 1) != 0) && (query[2] & 0x78) == 0) {
            return Optional.of("has RD " + recursion);
        }
        int count = (reply[4] & 0xff) << 8 | reply[5] & 0xff;
        if (count == 0 && bare) {
            return Optional.empty();
        }
        int end = HEADER_OCTETS;
        while (end < query.length && query[end] != 0) {
            end += query[end] + 1;
        }
        end += 5;
        boolean same = count == 1
                && query.length >= end
                && reply.length >= end
                && Arrays.equals(query, HEADER_OCTETS, end, reply, HEADER_OCTETS, end);
        return same ? Optional.empty() : Optional.of("has another question");
    }

    /** What is wrong with the response to a good query, empty if it has the address. */
    static Optional<String> fault(GoodQuery good, byte[] query, byte[] reply, int maxOctets) {
        Expectation expected = Expectation.one(false, Expectation.NOERROR);
        return fault(query, reply, expected, maxOctets)
                .or(() -> has(reply, good.address()) ? Optional.empty() : Optional.of("has not the right address"));
    }

    /** True if an A record in the answer section has this address. */
    static boolean has(byte[] reply, int address) {
        try {
            for (Record record : new Message(reply).getSection(Section.ANSWER)) {
                if (record instanceof ARecord a && Arrays.equals(a.getAddress().getAddress(), octets(address))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] octets(int address) {
        return new byte[] {(byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address};
    }
}
