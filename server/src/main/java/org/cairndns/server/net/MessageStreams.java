package org.cairndns.server.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ResponseStream;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replies of several messages on one TCP connection, sent one after the other.
 *
 * <p>A message is made once the socket has taken the one before, so that a client that reads slowly costs one message.
 * Between two messages the event loop turns to what else it has to do. One event loop.
 */
final class MessageStreams {
    private static final Logger LOG = LoggerFactory.getLogger(MessageStreams.class);

    private static final int USUAL_MESSAGE_OCTETS = 512;

    private record Turn(Query query, ResponseStream stream) {}

    /** What the connection does about its streams. */
    interface Owner {
        /** The socket has taken a message. */
        void progressed();

        /** A stream is at its end. */
        void ended();
    }

    private final StreamOctets held;
    private final Owner owner;
    private final Deque<Turn> turns = new ArrayDeque<>();

    MessageStreams(StreamOctets held, Owner owner) {
        this.held = held;
        this.owner = owner;
    }

    /** Streams that are not at their end. */
    int count() {
        return turns.size();
    }

    /** Sends the messages behind those of the streams before. */
    void add(ChannelHandlerContext context, Query query, Reply.Messages messages) {
        turns.add(new Turn(query, messages.stream()));
        if (turns.size() == 1) {
            context.executor().execute(() -> sendNext(context));
        }
    }

    private void sendNext(ChannelHandlerContext context) {
        Turn turn = turns.peek();
        if (turn == null) {
            return;
        }
        try {
            sendNext(context, turn);
        } catch (Throwable e) {
            LOG.error("reply to {} broke off: {}", turn.query(), e.toString());
            context.close();
        }
    }

    private void sendNext(ChannelHandlerContext context, Turn turn) {
        Optional<Response> next = turn.stream().next();
        if (next.isPresent()) {
            send(context, turn.query(), next.get());
            return;
        }
        turns.poll();
        close(turn);
        if (!turns.isEmpty()) {
            context.executor().execute(() -> sendNext(context));
        }
        owner.ended();
    }

    private void send(ChannelHandlerContext context, Query query, Response response) {
        ByteBuf out = context.alloc().directBuffer(USUAL_MESSAGE_OCTETS);
        boolean whole = false;
        try {
            ResponseWriter.write(query, response, query.maxResponseOctets(), out.writeZero(2));
            out.setShort(0, out.writerIndex() - 2);
            whole = true;
        } finally {
            if (!whole) {
                out.release();
            }
        }
        context.writeAndFlush(out).addListener((Future<? super Void> written) -> {
            if (written.isSuccess()) {
                owner.progressed();
                context.executor().execute(() -> sendNext(context));
            } else {
                context.close();
            }
        });
        held.noteSent(context);
    }

    /** Gives up all streams. */
    void close() {
        for (Turn turn = turns.poll(); turn != null; turn = turns.poll()) {
            close(turn);
        }
    }

    private static void close(Turn turn) {
        try {
            turn.stream().close();
        } catch (Throwable e) {
            LOG.error("the end of the reply to {} failed: {}", turn.query(), e.toString());
        }
    }
}
