package org.cairndns.plugin.log;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseKind;

/** Layer that logs queries with the replies to them; a query that no rule covers passes untouched. */
final class LogHandler implements Handler {
    private static final PluginLog LOG = PluginLog.plain();
    private static final long MILLIS_PER_SECOND = 1_000;

    private final Handler next;
    private final LogRule[] rules;
    private final ServerContext server;
    private final Clock clock;

    /**
     * @param rules the first that covers a name holds
     * @param clock for the validity of signatures
     */
    LogHandler(Handler next, List<LogRule> rules, ServerContext server, Clock clock) {
        this.next = next;
        this.rules = rules.toArray(LogRule[]::new);
        this.server = server;
        this.clock = clock;
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

    private Reply handle(Query query, LogRule rule) {
        long start = server.nanoTime();
        Reply reply = next.handle(query);
        if (reply instanceof Reply.Pending) {
            return reply.then(done -> log(query, done, rule, start));
        }
        return log(query, reply, rule, start);
    }

    private Reply log(Query query, Reply reply, LogRule rule, long start) {
        if (rule.logsAll() || rule.classes().contains(logClass(query, reply))) {
            LOG.info(rule.format().line(new Exchange(query, response(reply), server.nanoTime() - start)));
        }
        return reply;
    }

    private LogClass logClass(Query query, Reply reply) {
        return reply instanceof Reply.Answered answered
                ? LogClass.of(ResponseKind.of(query, answered.response(), clock.millis() / MILLIS_PER_SECOND))
                : LogClass.ERROR;
    }

    private static Optional<Response> response(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> Optional.of(answered.response());
            case Reply.Failed failed -> Optional.of(Response.bare(failed.rcode()));
            case Reply.Dropped dropped -> Optional.empty();
            case Reply.Pending pending -> throw new IllegalArgumentException("the reply is pending");
        };
    }
}
