package org.cairndns.plugin.minimal;

import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseKind;

/** Layer that keeps only the answer section of positive responses. Source: CoreDNS plugin/minimal. */
final class MinimalHandler implements Handler {
    private final Handler next;
    private final LongSupplier clockSeconds;

    /**
     * @param clockSeconds seconds since 1970, for the validity of signatures
     */
    MinimalHandler(Handler next, LongSupplier clockSeconds) {
        this.next = next;
        this.clockSeconds = clockSeconds;
    }

    @Override
    public Reply handle(Query query) {
        return next.handle(query).then(reply -> minimal(query, reply));
    }

    private Reply minimal(Query query, Reply reply) {
        if (!(reply instanceof Reply.Answered answered)) {
            return reply;
        }
        Response response = answered.response();
        // A denial needs its SOA, a delegation its name servers.
        boolean positive = ResponseKind.of(query, response, clockSeconds.getAsLong()) == ResponseKind.NO_ERROR;
        Response kept = positive ? response.withAnswerOnly() : response;
        return kept == response ? reply : new Reply.Answered(kept);
    }
}
