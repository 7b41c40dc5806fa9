package org.cairndns.zone.data;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Edns;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.cairndns.wire.Transport;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.RRSIGRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Zones from text, and what they answer as text, by way of the octets that a client would see. */
final class TestZones {
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo TCP = new ListenerInfo(Transport.TCP, "dns://:53", CLIENT);
    private static final int MAX_ALIASES = 9;

    private TestZones() {}

    /** The zone that a zone file would hold. */
    static Zone of(String apex, String text) {
        try {
            Path file = Files.createTempFile("zone", ".db");
            try {
                Files.writeString(file, text);
                return ZoneFile.read(file, DomainName.of(apex)).zone();
            } finally {
                Files.delete(file);
            }
        } catch (IOException | ZoneException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static String resource(String name) {
        try (InputStream in = TestZones.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Query query(String name, String type, boolean dnssecOk) {
        Query query = Query.of(DomainName.of(name), Type.value(type), CLIENT, TCP);
        return dnssecOk ? query.withEdns(new Edns(true, 1232, 0, Edns.DNSSEC_OK, Edns.NO_OPTIONS)) : query;
    }

    /** The response, targets outside the zone being no one's. */
    static Response respond(Zone zone, Query query) {
        return switch (zone.lookup(query)) {
            case ZoneResult.Complete complete -> complete.response();
            case ZoneResult.Failed failed -> Response.bare(Rcode.SERVFAIL);
            case ZoneResult.Alias alias -> {
                boolean known = alias.target().isAtOrBelow(zone.apex()) && query.depth() < MAX_ALIASES;
                yield alias.with(
                        known
                                ? respond(zone, query.inner(alias.target(), query.qtype()))
                                : Response.bare(Rcode.REFUSED));
            }
        };
    }

    /**
     * The outcome, such as {@code NOERROR aa}; answer records; authority records behind a minus; additional records
     * behind a plus. Records of a section are sorted.
     */
    static List<String> ask(Zone zone, String name, String type, boolean dnssecOk) {
        Query query = query(name, type, dnssecOk);
        return lines(message(query, respond(zone, query)));
    }

    /** The message as a client reads it. */
    static Message message(Query query, Response response) {
        ByteBuf out = Unpooled.buffer();
        ResponseWriter.write(query, response, 0xffff, out);
        try {
            return new Message(out.nioBuffer());
        } catch (IOException e) {
            throw new AssertionError("unreadable response to " + query, e);
        }
    }

    private static List<String> lines(Message message) {
        List<String> lines = new ArrayList<>();
        boolean authoritative = message.getHeader().getFlag(Flags.AA);
        lines.add(org.xbill.DNS.Rcode.string(message.getHeader().getRcode()) + (authoritative ? " aa" : ""));
        addSection(message, Section.ANSWER, "", lines);
        addSection(message, Section.AUTHORITY, "- ", lines);
        addSection(message, Section.ADDITIONAL, "+ ", lines);
        return lines;
    }

    private static void addSection(Message message, int section, String prefix, List<String> lines) {
        List<String> records = new ArrayList<>();
        for (Record record : message.getSection(section)) {
            if (record.getType() != Type.OPT) {
                records.add(prefix + text(record));
            }
        }
        Collections.sort(records);
        lines.addAll(records);
    }

    /** A record in presentation format; of a signature only the type that it covers. */
    private static String text(Record record) {
        String rdata = record instanceof RRSIGRecord signature
                ? Type.string(signature.getTypeCovered())
                : record.rdataToString();
        return record.getName() + " " + record.getTTL() + " " + Type.string(record.getType()) + " " + rdata;
    }
}
