package org.cairndns.plugin.log;

import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/** Layer that logs queries with the replies to them; a query that no rule covers passes untouched. */
final class LogHandler implements Handler {
    private static final PluginLog LOG = PluginLog.plain();

    private final Handler next;
    private final LogRule[] rules;
    private final ServerContext server;
    private final LogNotes notes;

    /**
     * @param rules the first that covers a name holds
     */
    LogHandler(Handler next, List<LogRule> rules, ServerContext server, LogNotes notes) {
        this.next = next;
        this.rules = rules.toArray(LogRule[]::new);
        this.server = server;
        this.notes = notes;
    }

    @Override
    public Reply handle(Query query) {
        for (LogRule rule : rules) {
            if (rule.covers(query.qname())) {
                return handle(query, rule);
            }
        }
        return next.handle(query);
    }

    @Override
    public Repetition repetition(Query query) {
        Repetition inner = next.repetition(query);
        for (LogRule rule : rules) {
            if (rule.covers(query.qname())) {
                return rule.logsAll() || inner.isNever()
                        ? Repetition.NEVER
                        : new UnloggedRepetition(inner, rule, notes);
            }
        }
        return inner;
    }

    private Reply handle(Query query, LogRule rule) {
        long start = server.nanoTime();
        Reply reply = next.handle(query);
        if (reply instanceof Reply.Pending) {
            return reply.then(done -> log(query, done, rule, start));
        }
        return log(query, reply, rule, start);
    }

    private Reply log(Query query, Reply reply, LogRule rule, long start) {
        notes.set(query, reply);
        if (!rule.logsAll() && !rule.classes().contains(notes.logClass(query, reply))) {
            return reply;
        }
        if (reply instanceof Reply.Messages messages) {
            return messages.whenClosed(
                    query, (last, before) -> log(rule, new Exchange(query, last, before, server.nanoTime() - start)));
        }
        log(rule, new Exchange(query, response(reply), 0, server.nanoTime() - start));
        return reply;
    }

    private static void log(LogRule rule, Exchange exchange) {
        LOG.info(rule.format().line(exchange));
    }

    private static Optional<Response> response(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> Optional.of(answered.response());
            case Reply.Failed failed -> Optional.of(Response.bare(failed.rcode()));
            case Reply.Dropped dropped -> Optional.empty();
            case Reply.Messages messages -> throw new IllegalArgumentException("the reply is a stream");
            case Reply.Pending pending -> throw new IllegalArgumentException("the reply is pending");
        };
    }
}
