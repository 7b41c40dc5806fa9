package org.cairndns.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Message;

/** Queries and responses as tests write them down. */
final class Queries {
    static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    static final ListenerInfo UDP = new ListenerInfo(Transport.UDP, "dns://:53", CLIENT);
    static final ListenerInfo TCP = new ListenerInfo(Transport.TCP, "dns://:53", CLIENT);

    private Queries() {}

    /** A query over UDP without EDNS, id 0, RD set. */
    static Query query(String qname, int qtype) {
        return Query.of(DomainName.of(qname), qtype, CLIENT, UDP);
    }

    /** A query over UDP with EDNS. */
    static Query query(String qname, int qtype, int udpPayloadSize) {
        return query(qname, qtype).withEdns(new Edns(true, udpPayloadSize, 0, 0, Edns.NO_OPTIONS));
    }

    /** Octets of the response to a query, foretold rightly by the writer. */
    static byte[] write(Query query, Response response, int maxOctets) {
        ByteBuf out = Unpooled.buffer();
        int octets = ResponseWriter.write(query, response, maxOctets, out);
        byte[] written = new byte[out.readableBytes()];
        out.readBytes(written);
        if (octets != written.length) {
            throw new AssertionError("said " + octets + " octets, wrote " + written.length);
        }
        if (ResponseWriter.octets(query, response, maxOctets) != written.length) {
            throw new AssertionError("octets() differs from the " + written.length + " octets written");
        }
        int flags = (written[2] & 0xff) << 8 | written[3] & 0xff;
        if (ResponseWriter.flags(query, response, maxOctets) != flags) {
            throw new AssertionError("flags() differs from the flags written, " + Integer.toHexString(flags));
        }
        return written;
    }

    /** The response to a query as dnsjava reads it. */
    static Message parse(Query query, Response response) {
        try {
            return new Message(write(query, response, 0xffff));
        } catch (IOException e) {
            throw new AssertionError("dnsjava can't read the response to " + query, e);
        }
    }

    /** Records of a section in zone-file form, single spaces. */
    static List<String> lines(Message message, int section) {
        List<String> lines = new ArrayList<>();
        message.getSection(section)
                .forEach(record -> lines.add(record.toString().replaceAll("[\t ]+", " ")));
        return lines;
    }
}
