package org.cairndns.server.query;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.Transport;

/** What an event loop does with the datagrams of a socket, without the socket. */
public final class RepeatingLoop {
    public static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 53);
    public static final ListenerInfo UDP = new ListenerInfo(Transport.UDP, "dns://:53", ADDRESS);

    private static final int MAX_OCTETS = 0xffff;

    final SentResponses sent;
    final QueryRunner runner;
    private final ByteBuf room = Unpooled.buffer(MAX_OCTETS, MAX_OCTETS);
    private int repeated;

    /** A loop with one handler for all names. */
    public RepeatingLoop(Handler handler, LongSupplier nanoTime) {
        this.sent = new SentResponses(nanoTime, 4711, SentResponses.MAX_HEAP_OCTETS);
        this.runner = new QueryRunner(blocks(handler), new CoreMetrics() {
            @Override
            public void dropped(Query query, int rcode) {}

            @Override
            public void httpsResponded(String server, int status) {}

            @Override
            public void panicked() {}
        });
    }

    static ServerBlockTable blocks(Handler handler) {
        return new ServerBlockTable(
                List.of(new ServerBlockTable.Entry(DomainName.ROOT, Optional.of(handler), false)), true);
    }

    /** A query over UDP in wire form with RD. */
    public static byte[] query(String qname, int qtype, int id) {
        ByteBuf out = Unpooled.buffer();
        out.writeShort(id).writeShort(0x0100).writeShort(1).writeZero(6);
        DomainName.of(qname).writeTo(out);
        return ByteBufUtil.getBytes(out.writeShort(qtype).writeShort(1));
    }

    /** The response, no octets if there is none. */
    public byte[] ask(byte[] query) {
        room.clear();
        sent.begin();
        answer(Unpooled.wrappedBuffer(query));
        return ByteBufUtil.getBytes(room);
    }

    /** Asks for nothing but the work. */
    public void ask(ByteBuf query) {
        room.clear();
        sent.begin();
        answer(query);
    }

    private void answer(ByteBuf octets) {
        if (sent.repeat(octets, UDP, room)) {
            repeated++;
            return;
        }
        int start = room.writerIndex();
        Query query = (Query) QueryReader.read(octets, ADDRESS, UDP);
        sent.watch(runner, query);
        Reply reply = runner.run(query);
        if (!(reply instanceof Reply.Pending) && runner.write(query, reply, room)) {
            sent.keep(octets, query, reply, room, start);
        }
    }

    /** The response that the handlers give, whatever was sent before. */
    public byte[] handle(byte[] octets) {
        Query query = (Query) QueryReader.read(Unpooled.wrappedBuffer(octets), ADDRESS, UDP);
        room.clear();
        runner.write(query, runner.run(query), room);
        return ByteBufUtil.getBytes(room);
    }

    /** Responses so far that no handler was asked for. */
    public int repeated() {
        return repeated;
    }
}
