package org.cairndns.plugin.forward;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;

/** Layer that sends the queries of its zone to upstreams and hands on all others. */
final class ForwardHandler implements Handler {
    private final Forwarder forwarder;
    private final ForwardConfig config;
    private final Metadata.Note upstream;
    private final Handler next;
    private final AtomicInteger underWay = new AtomicInteger();

    ForwardHandler(Forwarder forwarder, Metadata.Note upstream, Handler next) {
        this.forwarder = forwarder;
        this.config = forwarder.config();
        this.upstream = upstream;
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        if (!config.matches(query.qname())) {
            return next.handle(query);
        }
        int max = config.attempts().maxConcurrent();
        if (max > 0 && underWay.incrementAndGet() > max) {
            underWay.decrementAndGet();
            forwarder.metrics().rejected();
            return new Reply.Failed(Rcode.REFUSED, "concurrent queries exceeded maximum " + max);
        }
        Reply.Pending pending = new Reply.Pending();
        try {
            forwarder.here().forward(query, pending, this);
        } catch (RejectedExecutionException e) {
            ended();
            return new Reply.Failed(Rcode.SERVFAIL, "server is stopping");
        }
        return pending;
    }

    /** Tells metadata which upstream is asked. */
    void asks(LoopUpstream target, Query query) {
        upstream.set(query, target.label());
    }

    /** A query is no longer under way. */
    void ended() {
        if (config.attempts().maxConcurrent() > 0) {
            underWay.decrementAndGet();
        }
    }

    /** True if the next handler is a {@code forward} too. */
    boolean hasNextForward() {
        return next instanceof ForwardHandler;
    }

    Handler next() {
        return next;
    }
}
