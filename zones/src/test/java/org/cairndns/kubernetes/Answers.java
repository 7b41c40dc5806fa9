package org.cairndns.kubernetes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.wire.Transport;
import org.cairndns.zone.LookupResult;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Results of lookups as text, by way of the octets a client would see. */
final class Answers {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo TCP = new ListenerInfo(Transport.TCP, "dns://:53", CLIENT);

    private Answers() {}

    static Query query(String name, String type) {
        return Query.of(DomainName.of(name), Type.value(type), CLIENT, TCP);
    }

    static LookupResult lookup(ZoneLookup zone, String name, String type) {
        return zone.lookup(query(name, type));
    }

    /** First the outcome, then answer records, then additional records behind a plus; records of an RRset sorted. */
    static List<String> ask(ZoneLookup zone, String name, String type) {
        Query query = query(name, type);
        return switch (zone.lookup(query)) {
            case LookupResult.Found found -> found(query, found.response());
            case LookupResult.NoData noData -> List.of(negative(query, noData.response(), "NODATA"));
            case LookupResult.NameError error -> List.of(negative(query, error.response(), ""));
            case LookupResult.Alias alias -> List.of("ALIAS " + alias.target());
            case LookupResult.NotInZone none -> List.of("NOTINZONE");
        };
    }

    /** The message as a client gets it, one character an octet. */
    static String octets(Query query, Response response) {
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, response, 0xffff, out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    /** The message as a client reads it. */
    static Message message(Query query, Response response) {
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, response, 0xffff, out);
        try {
            return new Message(out.nioBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> found(Query query, Response response) {
        Message message = message(query, response);
        List<String> lines = new ArrayList<>();
        message.getSection(Section.ANSWER).forEach(record -> lines.add(text(record)));
        int answers = lines.size();
        message.getSection(Section.ADDITIONAL).forEach(record -> lines.add("+ " + text(record)));
        if (query.qtype() != Type.PTR) {
            Collections.sort(lines.subList(0, answers));
        }
        Collections.sort(lines.subList(answers, lines.size()));
        boolean proper = message.getHeader().getFlag(Flags.AA)
                && message.getSection(Section.AUTHORITY).isEmpty();
        lines.addFirst(proper ? "NOERROR" : "not a proper answer: " + message);
        return lines;
    }

    private static String negative(Query query, Response response, String outcome) {
        Message message = message(query, response);
        boolean proper = message.getHeader().getFlag(Flags.AA)
                && message.getSection(Section.ANSWER).isEmpty()
                && message.getSection(Section.ADDITIONAL).isEmpty()
                && message.getSection(Section.AUTHORITY).size() == 1
                && message.getSection(Section.AUTHORITY).getFirst() instanceof SOARecord;
        String rcode = org.xbill.DNS.Rcode.string(message.getHeader().getRcode());
        String label = outcome.isEmpty() || !rcode.equals("NOERROR") ? rcode : outcome;
        return proper ? label : "not a proper negative answer: " + message;
    }

    private static String text(Record record) {
        return record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " "
                + record.rdataToString();
    }
}
