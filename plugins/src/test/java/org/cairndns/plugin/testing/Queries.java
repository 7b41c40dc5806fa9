package org.cairndns.plugin.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.wire.Transport;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Queries and replies that go through real wire form on both ways, read and written by dnsjava. */
public final class Queries {
    public static final ListenerInfo UDP =
            new ListenerInfo(Transport.UDP, "dns://:53", new InetSocketAddress("127.0.0.1", 53));
    public static final ListenerInfo TCP =
            new ListenerInfo(Transport.TCP, "dns://:53", new InetSocketAddress("127.0.0.1", 53));

    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.1.2.3", 40001);
    private static final int ID = 4711;

    private Queries() {}

    /** A query such as {@code of("web.example.", "A")} over UDP from 10.1.2.3:40001 with id 4711 and RD. */
    public static Query of(String qname, String qtype) {
        return of(qname, qtype, CLIENT, UDP);
    }

    public static Query of(String qname, String qtype, InetSocketAddress client, ListenerInfo listener) {
        return read(message(qname, qtype, DClass.IN), client, listener);
    }

    /** A query of another class, such as {@link DClass#CH}. */
    public static Query ofClass(String qname, String qtype, int dnsClass) {
        return read(message(qname, qtype, dnsClass), CLIENT, UDP);
    }

    /** A query with EDNS. */
    public static Query withEdns(String qname, String qtype, int payloadOctets, boolean dnssecOk) {
        Message message = message(qname, qtype, DClass.IN);
        message.addRecord(new OPTRecord(payloadOctets, 0, 0, dnssecOk ? 0x8000 : 0), Section.ADDITIONAL);
        return read(message, CLIENT, UDP);
    }

    private static Message message(String qname, String qtype, int dnsClass) {
        try {
            Message message = Message.newQuery(Record.newRecord(Name.fromString(qname), Type.value(qtype), dnsClass));
            message.getHeader().setID(ID);
            return message;
        } catch (IOException e) {
            throw new AssertionError(qname, e);
        }
    }

    /** A query as dnsjava writes it. */
    public static Query read(Message message, InetSocketAddress client, ListenerInfo listener) {
        return (Query) QueryReader.read(Unpooled.wrappedBuffer(message.toWire()), client, listener);
    }

    /** An answered reply as the client would read it. */
    public static Message render(Query query, Reply reply) {
        Reply.Answered answered = (Reply.Answered) reply;
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, answered.response(), query.maxResponseOctets(), out);
        try {
            return new Message(out.nioBuffer());
        } catch (IOException e) {
            throw new AssertionError("unreadable response", e);
        }
    }

    /** Records of a section in dnsjava's text form, tabs as single blanks. */
    public static List<String> records(Message message, int section) {
        return message.getSection(section).stream()
                .map(record -> record.toString().replaceAll("\\s+", " "))
                .toList();
    }

    /** The reply that a pending one was completed with. */
    public static Reply await(Reply reply) {
        if (!(reply instanceof Reply.Pending pending)) {
            return reply;
        }
        AtomicReference<Reply> delivered = new AtomicReference<>();
        pending.whenDone(delivered::set);
        if (delivered.get() == null) {
            throw new AssertionError("still pending");
        }
        return delivered.get();
    }
}
