package org.cairndns.server.smoke;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.cairndns.wire.BadMessageException;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Edns;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryWriter;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseReader;
import org.cairndns.wire.Transport;

/** Asker of one server that waits for each response, with a socket for each query as stub resolvers have it. One thread. */
final class DnsAsker {
    private static final int TRIES = 3;
    private static final int MAX_OCTETS = 65_535;
    private static final Edns EDNS = new Edns(true, Response.USUAL_UDP_OCTETS, 0, 0, Edns.NO_OPTIONS);

    private final InetSocketAddress server;
    private final int timeoutMillis;
    private final IntSupplier ids;

    /**
     * @param timeoutMillis how long each of three tries may take
     * @param ids message ids, 0..65535
     */
    DnsAsker(InetSocketAddress server, int timeoutMillis, IntSupplier ids) {
        this.server = server;
        this.timeoutMillis = timeoutMillis;
        this.ids = ids;
    }

    /**
     * The response to a question; what is truncated over UDP is asked again over TCP.
     *
     * @throws IOException if there is none after three tries, or one that is no DNS message
     */
    Answer ask(DomainName qname, int qtype, Transport transport) throws IOException {
        ListenerInfo listener = new ListenerInfo(transport, "", server);
        Query query = Query.of(qname, qtype, server, listener).withEdns(EDNS);
        IOException last = new IOException("not asked");
        for (int i = 0; i < TRIES; i++) {
            int id = ids.getAsInt();
            ByteBuf message = Unpooled.buffer(QueryWriter.octets(query));
            QueryWriter.write(query, id, message);
            byte[] octets = new byte[message.readableBytes()];
            message.readBytes(octets);
            try {
                Response response = transport.isStream() ? overTcp(query, id, octets) : overUdpFirst(query, id, octets);
                return new Answer(qname, qtype, response);
            } catch (SocketTimeoutException e) {
                last = new IOException(
                        "no response over " + transport + " within " + TRIES + " times " + timeoutMillis + " ms", e);
            } catch (PortUnreachableException e) {
                last = new IOException("nobody listens there (" + transport + ")", e);
            }
        }
        throw last;
    }

    private Response overUdpFirst(Query query, int id, byte[] octets) throws IOException {
        Optional<Response> response = overUdp(query, id, octets);
        return response.isPresent() ? response.get() : overTcp(query, id, octets);
    }

    /** Empty if the response is truncated. */
    private Optional<Response> overUdp(Query query, int id, byte[] octets) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.setSoTimeout(timeoutMillis);
            socket.send(new DatagramPacket(octets, octets.length));
            byte[] space = new byte[MAX_OCTETS];
            while (true) {
                DatagramPacket packet = new DatagramPacket(space, space.length);
                socket.receive(packet);
                ByteBuf message = Unpooled.wrappedBuffer(space, 0, packet.getLength());
                Optional<Response> response = read(message, id, query);
                if (response.isPresent()) {
                    return response.filter(found -> !ResponseReader.isTruncated(message));
                }
            }
        }
    }

    private Response overTcp(Query query, int id, byte[] octets) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, timeoutMillis);
            socket.setSoTimeout(timeoutMillis);
            ByteBuf framed =
                    Unpooled.buffer(octets.length + 2).writeShort(octets.length).writeBytes(octets);
            framed.readBytes(socket.getOutputStream(), framed.readableBytes());
            DataInputStream in = new DataInputStream(socket.getInputStream());
            byte[] message = new byte[in.readUnsignedShort()];
            in.readFully(message);
            return read(Unpooled.wrappedBuffer(message), id, query)
                    .orElseThrow(() -> new IOException("a response over TCP to something else"));
        } catch (EOFException e) {
            throw new IOException("the connection was closed without a response", e);
        }
    }

    /** Empty for a message that has nothing to do with the query. */
    private static Optional<Response> read(ByteBuf message, int id, Query query) throws IOException {
        try {
            return Optional.of(ResponseReader.read(message, id, query));
        } catch (BadMessageException e) {
            if (e.reason() == BadMessageException.Reason.UNRELATED) {
                return Optional.empty();
            }
            throw new IOException("a response that is not right: " + e.getMessage(), e);
        }
    }
}
