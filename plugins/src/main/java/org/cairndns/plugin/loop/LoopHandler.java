package org.cairndns.plugin.loop;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;

/** Layer that has the probe count its query each time that it passes; other queries pass untouched. */
final class LoopHandler implements Handler {
    private final Handler next;
    private final LoopProbe probe;

    LoopHandler(Handler next, LoopProbe probe) {
        this.next = next;
        this.probe = probe;
    }

    @Override
    public Reply handle(Query query) {
        if (query.qtype() == RecordType.HINFO && probe.isLooping(query)) {
            return new Reply.Failed(Rcode.SERVFAIL, "forwarding loop");
        }
        return next.handle(query);
    }

    @Override
    public Repetition repetition(Query query) {
        return query.qtype() == RecordType.HINFO ? Repetition.NEVER : next.repetition(query);
    }
}
