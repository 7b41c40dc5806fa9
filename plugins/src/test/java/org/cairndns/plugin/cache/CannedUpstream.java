package org.cairndns.plugin.cache;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.ResponseReader;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TTL;
import org.xbill.DNS.Type;

/** The handlers below a cache: replies given in advance, the last one again and again, and the queries that came. */
final class CannedUpstream implements Handler {
    private static final int ID = 77;

    private final Deque<Function<Query, Reply>> replies = new ArrayDeque<>();
    final List<Query> queries = new ArrayList<>();

    CannedUpstream() {
        replies.add(query -> new Reply.Failed(Rcode.SERVFAIL, "no upstream in this test"));
    }

    /** A reply with lines such as {@code ANSWER a.example. 300 IN A 10.0.0.1}; {@code OPT}, {@code AD}, {@code TC} alone. */
    static Function<Query, Reply> answer(int rcode, String... lines) {
        return query -> {
            try {
                Message message = message(query, rcode, lines);
                return new Reply.Answered(ResponseReader.read(Unpooled.wrappedBuffer(message.toWire()), ID, query));
            } catch (IOException | BadMessageException e) {
                throw new AssertionError(e);
            }
        };
    }

    private static Message message(Query query, int rcode, String... lines) throws IOException {
        Message message = new Message(ID);
        message.getHeader().setFlag(Flags.QR);
        message.getHeader().setFlag(Flags.RA);
        message.getHeader().setRcode(rcode);
        Name qname = Name.fromString(query.qname().toString());
        message.addRecord(Record.newRecord(qname, query.qtype(), query.qclass()), Section.QUESTION);
        for (String line : lines) {
            switch (line) {
                case "AD" -> message.getHeader().setFlag(Flags.AD);
                case "TC" -> message.getHeader().setFlag(Flags.TC);
                case "AA" -> message.getHeader().setFlag(Flags.AA);
                case "OPT" -> message.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);
                default -> add(message, line);
            }
        }
        return message;
    }

    private static void add(Message message, String line) throws IOException {
        String[] words = line.split(" ", 6);
        int section = switch (words[0]) {
            case "ANSWER" -> Section.ANSWER;
            case "AUTHORITY" -> Section.AUTHORITY;
            default -> Section.ADDITIONAL;
        };
        message.addRecord(
                Record.fromString(
                        Name.fromString(words[1]),
                        Type.value(words[4]),
                        1,
                        TTL.parse(words[2], true),
                        words[5],
                        Name.root),
                section);
    }

    /** The reply from now on. */
    CannedUpstream replies(Function<Query, Reply> reply) {
        replies.clear();
        replies.add(reply);
        return this;
    }

    /** The reply to the query after those that have a reply already. */
    CannedUpstream then(Function<Query, Reply> reply) {
        replies.add(reply);
        return this;
    }

    @Override
    public Reply handle(Query query) {
        queries.add(query);
        Function<Query, Reply> reply = replies.size() > 1 ? replies.poll() : replies.getFirst();
        return reply.apply(query);
    }
}
