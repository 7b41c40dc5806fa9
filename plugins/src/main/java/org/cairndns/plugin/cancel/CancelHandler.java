package org.cairndns.plugin.cancel;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;

/**
 * Handler that turns a reply which is still pending after a while into SERVFAIL; a reply that comes later is dropped.
 *
 * <p>Replies that are there at once cost nothing. The timers are those of the event loop that the query is on, which
 * adds and removes them without a lock.
 */
final class CancelHandler implements Handler {
    private static final Reply TOO_LATE = new Reply.Failed(Rcode.SERVFAIL, "context deadline exceeded");

    private final Handler next;
    private final long timeNanos;
    private final EventLoopGroup loops;

    CancelHandler(Handler next, long timeNanos, EventLoopGroup loops) {
        this.next = next;
        this.timeNanos = timeNanos;
        this.loops = loops;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        return reply instanceof Reply.Pending pending ? limited(pending) : reply;
    }

    private Reply limited(Reply.Pending pending) {
        Reply.Pending result = new Reply.Pending();
        Future<?> timer = loop().schedule(() -> result.complete(TOO_LATE), timeNanos, TimeUnit.NANOSECONDS);
        pending.whenDone(reply -> {
            timer.cancel(false);
            result.complete(reply);
        });
        return result;
    }

    /** The loop that runs this, or any, where an inner look-up goes on elsewhere. */
    private EventExecutor loop() {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                return loop;
            }
        }
        return loops.next();
    }
}
