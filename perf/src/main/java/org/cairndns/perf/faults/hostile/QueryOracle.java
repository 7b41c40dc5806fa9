package org.cairndns.perf.faults.hostile;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * What the RFCs, and the Corefile of {@link HostileSetup}, say must come back for any octets.
 *
 * <p>Written in another way than the reader of the server, so that both are wrong together by chance only.
 */
final class QueryOracle {
    private static final int OPT = 41;
    private static final int FIRST_META_TYPE = 128;
    private static final int IXFR = 251;
    private static final int AXFR = 252;
    private static final int ANY = 255;
    private static final int IN = 1;
    private static final int MAX_NAME_OCTETS = 255;

    private QueryOracle() {}

    /** The parts of a message that decide; positions are octets of the message. */
    private record Question(List<String> labels, int qtype, int qclass) {
        boolean isBelow(String zone) {
            List<String> suffix = List.of(zone.split("\\."));
            int from = labels.size() - suffix.size();
            return from >= 0 && labels.subList(from, labels.size()).equals(suffix);
        }
    }

    private record Opt(boolean present, int version) {}

    /** A message whose octets are no query. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /**
     * What must come back for a message.
     *
     * @param stream true over TCP, where a zone transfer has several messages
     */
    static Expectation of(byte[] octets, boolean stream) {
        // Too short for an id to answer to, or a response: RFC 1035 4.1.1.
        if (octets.length < 12 || (octets[2] & 0x80) != 0) {
            return Expectation.SILENCE;
        }
        int opcode = octets[2] >> 3 & 0xf;
        boolean notify = opcode == 4;
        if (opcode != 0 && !notify) {
            return Expectation.one(false, Expectation.NOTIMP);
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(octets);
            in.position(4);
            int[] counts = {
                in.getShort() & 0xffff, in.getShort() & 0xffff, in.getShort() & 0xffff, in.getShort() & 0xffff
            };
            if (counts[0] != 1 || counts[1] > 1 || counts[2] > 1 || counts[3] > 2) {
                throw new MalformedException();
            }
            List<String> labels = qname(in);
            Question question = new Question(labels, in.getShort() & 0xffff, in.getShort() & 0xffff);
            Opt opt = opt(in, counts[1] + counts[2], counts[3]);
            return proper(question, opt, notify, stream);
        } catch (BufferUnderflowException | MalformedException e) {
            return Expectation.one(false, Expectation.FORMERR);
        }
    }

    private static List<String> qname(ByteBuffer in) throws MalformedException {
        List<String> labels = new java.util.ArrayList<>();
        int start = in.position();
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            if (length > 63) {
                throw new MalformedException();
            }
            byte[] label = new byte[length];
            in.get(label);
            labels.add(new String(label, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT));
        }
        if (in.position() - start > MAX_NAME_OCTETS) {
            throw new MalformedException();
        }
        return labels;
    }

    /** Walks over records without a look into any but OPT, of which one may be among the additional ones. */
    private static Opt opt(ByteBuffer in, int others, int additionals) throws MalformedException {
        Opt found = new Opt(false, 0);
        for (int i = 0; i < others + additionals; i++) {
            int ownerOctets = owner(in);
            int type = in.getShort() & 0xffff;
            in.getShort();
            int version = in.getInt() >> 16 & 0xff;
            byte[] rdata = new byte[in.getShort() & 0xffff];
            in.get(rdata);
            if (type == OPT && i >= others) {
                if (found.present || ownerOctets != 1) {
                    throw new MalformedException();
                }
                checkOptions(ByteBuffer.wrap(rdata));
                found = new Opt(true, version);
            }
        }
        return found;
    }

    /** Skips a name that may end in a pointer; octets of it. */
    private static int owner(ByteBuffer in) throws MalformedException {
        int start = in.position();
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            if (length >= 0xc0) {
                in.get();
                break;
            }
            if (length > 63 || in.position() - 1 - start > MAX_NAME_OCTETS) {
                throw new MalformedException();
            }
            in.get(new byte[length]);
        }
        return in.position() - start;
    }

    private static void checkOptions(ByteBuffer options) {
        while (options.hasRemaining()) {
            options.getShort();
            options.get(new byte[options.getShort() & 0xffff]);
        }
    }

    private static Expectation proper(Question question, Opt opt, boolean notify, boolean stream) {
        boolean edns = opt.present;
        if (opt.version != 0) {
            // RFC 6891 6.1.3
            return Expectation.one(true, Expectation.BADVERS);
        }
        if (question.qclass != IN) {
            // With forward other classes are for the upstream, and the oracle leaves open what is refused before.
            return Expectation.one(
                    edns, Expectation.NOERROR, Expectation.NXDOMAIN, Expectation.NOTIMP, Expectation.REFUSED);
        }
        if (notify) {
            return Expectation.one(edns, Expectation.NOTIMP, Expectation.REFUSED, Expectation.NOTAUTH);
        }
        if (question.isBelow("blocked.example")) {
            return Expectation.one(edns, Expectation.REFUSED);
        }
        if (question.qtype >= FIRST_META_TYPE && question.qtype < ANY || question.qtype == OPT) {
            return meta(question, edns, stream);
        }
        boolean ours = question.isBelow("cluster.local")
                || question.isBelow("file.example")
                || question.isBelow("arpa")
                || question.isBelow("tmpl.example")
                || question.isBelow("old.example");
        return ours
                ? Expectation.one(edns, Expectation.NOERROR, Expectation.NXDOMAIN)
                : Expectation.one(edns, Expectation.NOERROR);
    }

    /** Transfers and what else is no type of data: answered, denied or refused, but never a failure. */
    private static Expectation meta(Question question, boolean edns, boolean stream) {
        int[] rcodes = {
            Expectation.NOERROR, Expectation.NXDOMAIN, Expectation.NOTIMP, Expectation.REFUSED, Expectation.NOTAUTH
        };
        if (!stream || question.qtype > AXFR) {
            return Expectation.one(edns, rcodes);
        }
        Expectation transfer = Expectation.some(edns, rcodes);
        // An IXFR query without an SOA record, which damage makes of others.
        transfer.rcodes().set(Expectation.FORMERR, question.qtype == IXFR);
        return transfer;
    }
}
