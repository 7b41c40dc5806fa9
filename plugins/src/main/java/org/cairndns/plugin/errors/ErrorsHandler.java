package org.cairndns.plugin.errors;

import java.util.List;
import org.cairndns.plugin.spi.Failures;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.Query;
import org.slf4j.event.Level;

/** Layer that logs why queries failed below it; passes every reply on as it is. */
final class ErrorsHandler implements Handler {
    private final Handler next;
    private final List<ErrorTally> tallies;
    private final ErrorLines lines;
    private final Failures failures;
    private final ServerContext clock;

    /**
     * @param tallies in file order, the first that matches takes an error
     */
    ErrorsHandler(Handler next, List<ErrorTally> tallies, ErrorLines lines, ServerContext server) {
        this.next = next;
        this.clock = server;
        this.failures = Failures.of(server.meters());
        this.tallies = List.copyOf(tallies);
        this.lines = lines;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        if (reply instanceof Reply.Pending) {
            return reply.then(done -> note(query, done));
        }
        return note(query, reply);
    }

    /** Responses are no failures. */
    @Override
    public Repetition repetition(Query query) {
        return next.repetition(query);
    }

    private Reply note(Query query, Reply reply) {
        // A failure without a reason is a decision, not an error.
        if (reply instanceof Reply.Failed failed && !failed.reason().isEmpty()) {
            record(query, failed);
        }
        return reply;
    }

    private void record(Query query, Reply.Failed failed) {
        failures.add(failed, clock.nanoTime());
        Level level = Level.ERROR;
        for (ErrorTally tally : tallies) {
            if (tally.matches(failed.reason())) {
                if (!tally.add()) {
                    return;
                }
                level = tally.level();
                break;
            }
        }
        lines.add(level, query, failed);
    }
}
