package org.cairndns.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/** Queries as stub resolvers make them, and what their responses say. */
final class Messages {
    private Messages() {}

    /** A query of class IN with RD and a random id, without EDNS; the type as a mnemonic or {@code TYPE123}. */
    static Message query(String qname, String qtype) {
        return Message.newQuery(Record.newRecord(name(qname), Type.value(qtype), DClass.IN));
    }

    /** {@link #query} with an OPT record. */
    static Message edns(String qname, String qtype, int payloadOctets, EDNSOption... options) {
        Message query = query(qname, qtype);
        query.addRecord(new OPTRecord(payloadOctets, 0, 0, 0, List.of(options)), Section.ADDITIONAL);
        return query;
    }

    /** An absolute name, with or without its last dot. */
    static Name name(String text) {
        try {
            return Name.fromString(text, Name.root);
        } catch (TextParseException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static Message parse(byte[] octets) {
        try {
            return new Message(octets);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String rcode(Message response) {
        return Rcode.string(response.getRcode());
    }

    /** RDATA of the answer section in its order. */
    static List<String> answers(Message response) {
        return response.getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    /** Types of the answer section in its order. */
    static List<String> answerTypes(Message response) {
        return response.getSection(Section.ANSWER).stream()
                .map(record -> Type.string(record.getType()))
                .toList();
    }

    static boolean has(Message response, int flag) {
        return response.getHeader().getFlag(flag);
    }

    /** A name error as Go's resolver wants it: authoritative, with the SOA record. */
    static boolean isOwnNameError(Message response) {
        return response.getRcode() == Rcode.NXDOMAIN && has(response, Flags.AA) && soaOf(response) != null;
    }

    /** No records of this type, said of our own data. */
    static boolean isOwnNoData(Message response) {
        return response.getRcode() == Rcode.NOERROR
                && has(response, Flags.AA)
                && answers(response).isEmpty()
                && soaOf(response) != null;
    }

    /** The SOA record of a negative response, or null. */
    static SOARecord soaOf(Message response) {
        return response.getSection(Section.AUTHORITY).stream()
                .filter(SOARecord.class::isInstance)
                .map(SOARecord.class::cast)
                .findFirst()
                .orElse(null);
    }
}
