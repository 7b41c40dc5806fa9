package org.cairndns.plugin.loop;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;

/** Layer that stops the watch's probes where they come back; other queries pass untouched. */
final class LoopHandler implements Handler {
    /** No failure of a client's query, so that 'errors' has nothing to say. */
    private static final Reply LOOP = new Reply.Answered(Response.bare(Rcode.SERVFAIL));

    private final Handler next;
    private final LoopWatch watch;

    LoopHandler(Handler next, LoopWatch watch) {
        this.next = next;
        this.watch = watch;
    }

    @Override
    public Reply handle(Query query) {
        return query.qtype() == RecordType.HINFO && watch.isBack(query) ? LOOP : next.handle(query);
    }

    @Override
    public Repetition repetition(Query query) {
        return query.qtype() == RecordType.HINFO ? Repetition.NEVER : next.repetition(query);
    }
}
