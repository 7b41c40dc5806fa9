package org.cairndns.plugin.log;

import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/** Repetition of responses that a rule does not have logged. */
record UnloggedRepetition(Repetition inner, LogRule rule, LogNotes notes) implements Repetition {
    /** Over at once: before there is a response nobody knows whether it is logged. */
    @Override
    public int again(long nowNanos, long tookNanos) {
        return OVER;
    }

    @Override
    public Repetition of(Query query, Response response) {
        boolean logged = rule.classes().contains(notes.logClass(query, new Reply.Answered(response)));
        return logged ? NEVER : inner.of(query, response);
    }
}
