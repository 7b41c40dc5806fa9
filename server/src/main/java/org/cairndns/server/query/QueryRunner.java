package org.cairndns.server.query;

import io.netty.buffer.ByteBuf;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Core of one DNS server address: routes a query to its block, maps failures to RCODEs, writes replies.
 *
 * <p>Whatever is thrown on the way is a failure of that query: the loop behind it has all the others. Of an {@link
 * OutOfMemoryError} those of Java code get here, as for direct memory; at the JVM's own the process ends.
 *
 * <p>Any number of event loops at a time; the table of blocks is swapped on reload and a query keeps the one it
 * started with.
 */
public final class QueryRunner {
    private static final Logger LOG = LoggerFactory.getLogger(QueryRunner.class);

    /** Nesting of internal look-ups after which a chain of aliases is given up. */
    private static final int MAX_DEPTH = 10;

    /** RFC 6891 6.1.3: neither the plugins nor the metrics see such a query. */
    private static final Reply BAD_VERSION = new Reply.Failed(Rcode.BADVERS, "EDNS version not known");

    private final CoreMetrics metrics;
    private final Arrivals arrivals = new Arrivals();
    private volatile ServerBlockTable table;

    /** Tables that were replaced, counted once they are. */
    private volatile int replaced;

    public QueryRunner(ServerBlockTable table, CoreMetrics metrics) {
        this.table = table;
        this.metrics = metrics;
    }

    /** Where listeners say that queries came. */
    public Arrivals arrivals() {
        return arrivals;
    }

    /** Where listeners count too. */
    public CoreMetrics metrics() {
        return metrics;
    }

    /** Swaps in the blocks of a new configuration. */
    public synchronized void replace(ServerBlockTable blocks) {
        this.table = blocks;
        int number = replaced + 1;
        replaced = number;
    }

    /** Answers a query; never throws, never blocks. */
    public Reply run(Query query) {
        if (query.edns().version() != 0) {
            return BAD_VERSION;
        }
        ServerBlockTable blocks = table;
        if (query.qclass() != DnsClass.IN && !blocks.takesOtherClasses()) {
            return refused(query, "class not served");
        }
        ServerBlockTable.Entry entry;
        try {
            entry = blocks.find(query);
        } catch (Throwable e) {
            return failed(query, e, false);
        }
        if (entry == null || entry.chain().isEmpty()) {
            return refused(query, "zone not served");
        }
        if (query.depth() > MAX_DEPTH) {
            return new Reply.Failed(Rcode.SERVFAIL, "more than " + MAX_DEPTH + " look-ups on behalf of one query");
        }
        Handler chain = query.isNotify() ? entry.notifyChain() : entry.chain().get();
        return guarded(chain, entry.stackTraces(), query);
    }

    /** Whether the response that {@link #run} will give may be repeated to equal queries; to be asked first. */
    public Repetition repetition(Query query) {
        // Read before the table, so that whatever takes its place later counts as a change.
        int before = replaced;
        ServerBlockTable blocks = table;
        boolean usual = query.qclass() == DnsClass.IN && query.edns().version() == 0 && !query.isNotify();
        ServerBlockTable.Entry entry = usual && !blocks.looksAtClients() ? blocks.find(query) : null;
        if (entry == null || entry.chain().isEmpty()) {
            return Repetition.NEVER;
        }
        try {
            return entry.chain().get().repetition(query).during(() -> replaced == before);
        } catch (Throwable e) {
            // The handlers are asked for the response next, and what fails there is told.
            return Repetition.NEVER;
        }
    }

    /** Another number as soon as other blocks answer. */
    public int replaced() {
        return replaced;
    }

    private Reply guarded(Handler chain, boolean stackTraces, Query query) {
        try {
            Reply reply = chain.handle(query);
            return reply instanceof Reply.Pending
                    ? reply.then(late -> noted(late, stackTraces, query))
                    : noted(reply, stackTraces, query);
        } catch (Throwable e) {
            return failed(query, e, stackTraces);
        }
    }

    private Reply failed(Query query, Throwable panic, boolean stackTraces) {
        panicked(panic, stackTraces, query);
        metrics.dropped(query, Rcode.SERVFAIL);
        return new Reply.Failed(Rcode.SERVFAIL, panic.toString());
    }

    /** A late reply whose making a handler failed at is as much a failure of the handler as one that comes at once. */
    private Reply noted(Reply reply, boolean stackTraces, Query query) {
        if (reply instanceof Reply.Failed failed) {
            failed.panic().ifPresent(panic -> panicked(panic, stackTraces, query));
        }
        return reply;
    }

    /** Counts and logs that a reply to a query could not be sent because something threw. */
    public void panicked(Query query, Throwable panic) {
        panicked(panic, false, query);
    }

    private void panicked(Throwable panic, boolean stackTraces, Query query) {
        String server = query.listener().server();
        if (stackTraces) {
            LOG.error("Recovered from failure in server: \"{}\" at {}", server, query, panic);
        } else {
            LOG.error("Recovered from failure in server: \"{}\" at {}: {}", server, query, panic.toString());
        }
        metrics.panicked();
    }

    private Reply refused(Query query, String reason) {
        metrics.dropped(query, Rcode.REFUSED);
        return new Reply.Failed(Rcode.REFUSED, reason);
    }

    /**
     * Writes a reply that is there; SERVFAIL in place of one that cannot be written.
     *
     * @return false if nothing is to be sent
     * @throws OutOfMemoryError if there is no room for it, which is left as it was then: a connection had better end than go on
     *     to hold what others lack
     */
    public boolean write(Query query, Reply reply, ByteBuf out) {
        int start = out.writerIndex();
        try {
            return writeReply(query, reply, out);
        } catch (OutOfMemoryError e) {
            out.writerIndex(start);
            throw e;
        } catch (Throwable e) {
            out.writerIndex(start);
            panicked(e, false, query);
            return write(query, Response.bare(Rcode.SERVFAIL), out);
        }
    }

    private static boolean writeReply(Query query, Reply reply, ByteBuf out) {
        return switch (reply) {
            case Reply.Answered answered -> write(query, answered.response(), out);
            case Reply.Failed failed -> write(query, failed, out);
            case Reply.Dropped dropped -> false;
            case Reply.Messages messages -> refuse(query, messages, out);
            case Reply.Pending pending -> throw new IllegalStateException("pending reply to " + query);
        };
    }

    private static boolean write(Query query, Reply.Failed failed, ByteBuf out) {
        if (failed.rcode() == Rcode.BADVERS) {
            ResponseWriter.writeBadVersion(query, out);
            return true;
        }
        return write(query, bare(query, failed), out);
    }

    private static Response bare(Query query, Reply.Failed failed) {
        Response bare = Response.bare(failed.rcode());
        return failed.extendedError().isPresent() && query.edns().present()
                ? bare.withEdns(EdnsOptions.extendedError(failed.extendedError().getAsInt()))
                : bare;
    }

    /** Several messages where there is room for one. */
    private static boolean refuse(Query query, Reply.Messages messages, ByteBuf out) {
        messages.stream().close();
        return write(query, Response.bare(Rcode.REFUSED), out);
    }

    private static boolean write(Query query, Response response, ByteBuf out) {
        ResponseWriter.write(query, response, query.maxResponseOctets(), out);
        return true;
    }
}
