package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.QueryReader;
import org.cairndns.wire.ReadResult;
import org.cairndns.wire.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datagram in, datagram out, on one UDP channel; releases what it reads, hands on what it writes. */
final class UdpQueryHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(UdpQueryHandler.class);
    private static final int USUAL_RESPONSE_OCTETS = 512;

    private final QueryRunner runner;
    private final ListenerInfo listener;

    /** True while a flush of late replies waits for the end of the loop's turn; for the event loop. */
    private boolean flushDue;

    /** True if a handler in front takes responses that the socket does not; for the event loop. */
    private boolean shedding;

    /** Replies that did not come at once, and are on their way; for the event loop. */
    private int awaited;

    /** True if somebody waits for the last of them; for the event loop. */
    private boolean ending;

    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    UdpQueryHandler(QueryRunner runner, ListenerInfo listener) {
        this.runner = runner;
        this.listener = listener;
    }

    /** Says whether responses that the socket does not take are handed on all the same. */
    void shedding(boolean wanted) {
        shedding = wanted;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        runner.arrivals().add(1);
        try {
            InetSocketAddress client = packet.sender();
            switch (QueryReader.read(packet.content(), client, listener)) {
                case Query query -> answer(context, query);
                case ReadResult.Rejected rejected -> reject(context, client, rejected);
                case ReadResult.Ignored ignored -> {}
            }
        } finally {
            packet.release();
        }
    }

    private void answer(ChannelHandlerContext context, Query query) {
        Reply reply = runner.run(query);
        if (reply instanceof Reply.Pending pending) {
            awaited++;
            pending.whenDone(new LateReply(context.executor(), runner, query) {
                @Override
                void send(Reply late) {
                    sendLate(context, query, late);
                }
            });
            return;
        }
        send(context, query, reply);
    }

    /** Upstreams answer in bursts too: all that one turn of the loop brings leaves in one flush. */
    private void sendLate(ChannelHandlerContext context, Query query, Reply reply) {
        awaited--;
        send(context, query, reply);
        if (!flushDue) {
            flushDue = true;
            context.executor().execute(() -> flushLate(context));
        }
    }

    private void flushLate(ChannelHandlerContext context) {
        flushDue = false;
        context.flush();
        if (awaited == 0 && ending) {
            answered.complete(null);
        }
    }

    /** Done once all queries are answered, those that come meanwhile too; to be asked for on the event loop. */
    CompletableFuture<Void> answered() {
        ending = true;
        if (awaited == 0) {
            answered.complete(null);
        }
        return answered;
    }

    private void send(ChannelHandlerContext context, Query query, Reply reply) {
        ByteBuf out = context.alloc().directBuffer(USUAL_RESPONSE_OCTETS);
        boolean owned = true;
        try {
            if (runner.write(query, reply, out)) {
                owned = false;
                write(context, query.client(), out);
            }
        } finally {
            if (owned) {
                out.release();
            }
        }
    }

    private void reject(ChannelHandlerContext context, InetSocketAddress client, ReadResult.Rejected rejected) {
        ByteBuf out = context.alloc().directBuffer(USUAL_RESPONSE_OCTETS);
        ResponseWriter.writeRejected(rejected, out);
        write(context, client, out);
    }

    private void write(ChannelHandlerContext context, InetSocketAddress client, ByteBuf out) {
        if (!shedding && !context.channel().isWritable()) {
            // The socket takes no more: a client asks again, a queue without end would take the memory of all.
            out.release();
            return;
        }
        context.write(new DatagramPacket(out, client), context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // One client's unreachable port or a full queue is no reason to stop listening.
        Faults.tell(LOG, runner, "udp", listener.localAddress(), cause);
    }
}
