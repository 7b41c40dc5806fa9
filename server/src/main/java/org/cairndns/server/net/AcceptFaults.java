package org.cairndns.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done when a connection cannot be accepted, mostly for want of descriptors: some old ones end, and no other is tried
 * for a moment, so that a loop does not spin.
 */
final class AcceptFaults extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptFaults.class);
    private static final int ENDED = 64;
    private static final long PAUSE_MILLIS = 100;
    private static final long LOG_EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ConnectionTable table;
    private long loggedNanos = System.nanoTime() - LOG_EVERY_NANOS;

    AcceptFaults(ConnectionTable table) {
        this.table = table;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        long now = System.nanoTime();
        if (now - loggedNanos >= LOG_EVERY_NANOS) {
            loggedNanos = now;
            LOG.warn(
                    "{}: cannot accept a connection, the oldest are ended for new ones: {}",
                    context.channel().localAddress(),
                    cause.getMessage());
        }
        table.endSome(ENDED);
        context.channel().config().setAutoRead(false);
        context.executor()
                .schedule(() -> context.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
