package org.cairndns.server.net;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cairndns.server.query.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/** Timer that ends a connection once its client lets the server wait too long; see {@link TcpLimits}. One event loop. */
final class ConnectionWatch {
    private final TcpLimits limits;
    private final Owner owner;
    private @Nullable ConnectionUse use;
    private @Nullable Future<?> check;

    /** True while a query is there in part. */
    private boolean partial;

    private long partialSinceNanos;

    /** The handler of the connection. */
    interface Owner {
        /** What would be the reason to end the connection now. */
        ConnectionEnd waitsFor();

        /** True if the server is the one to be waited for. */
        boolean isAtWork();

        /** The client has had its time. */
        void expired(ConnectionEnd reason);
    }

    ConnectionWatch(TcpLimits limits, Owner owner) {
        this.limits = limits;
        this.owner = owner;
    }

    /** Begins to watch. */
    void start(ChannelHandlerContext context) {
        note(context);
        schedule(context, nanos(owner.waitsFor()));
    }

    /** The client did what a connection is for. */
    void note(ChannelHandlerContext context) {
        if (use == null) {
            use = ConnectionUse.of(context.channel());
        }
        use.note(now(context));
    }

    /** Time since then. */
    long idleNanos(ChannelHandlerContext context) {
        return use == null ? 0 : now(context) - use.lastNanos();
    }

    /** A query is there in part, or is not. */
    void partial(ChannelHandlerContext context, boolean isThere) {
        if (isThere && !partial) {
            partialSinceNanos = now(context);
        }
        partial = isThere;
    }

    private void schedule(ChannelHandlerContext context, long nanos) {
        long most = TimeUnit.MILLISECONDS.toNanos(Math.min(limits.readMillis(), limits.writeMillis()));
        check = context.executor().schedule(() -> check(context), Math.min(nanos, most), TimeUnit.NANOSECONDS);
    }

    private void check(ChannelHandlerContext context) {
        ConnectionEnd reason = owner.waitsFor();
        long left = nanos(reason) - idleNanos(context);
        if (partial && reason == ConnectionEnd.IDLE) {
            // Octet by octet is no way to keep a connection: a query has the time of the first one, from its first
            // octet on.
            long leftOfQuery = nanos(ConnectionEnd.READ) - (now(context) - partialSinceNanos);
            reason = leftOfQuery < left ? ConnectionEnd.READ : reason;
            left = Math.min(left, leftOfQuery);
        }
        if (left <= 0 && !owner.isAtWork()) {
            owner.expired(reason);
        } else {
            schedule(context, left <= 0 ? nanos(reason) : left);
        }
    }

    private long nanos(ConnectionEnd reason) {
        return TimeUnit.MILLISECONDS.toNanos(
                switch (reason) {
                    case READ, REFUSED -> limits.readMillis();
                    case WRITE -> limits.writeMillis();
                    case IDLE, EVICTED -> limits.idleMillis();
                });
    }

    private static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }

    /** Ends the watch. */
    void stop() {
        if (check != null) {
            check.cancel(false);
        }
    }
}
