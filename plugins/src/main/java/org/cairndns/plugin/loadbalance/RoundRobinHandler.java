package org.cairndns.plugin.loadbalance;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;
import org.jspecify.annotations.Nullable;

/**
 * Layer that has the address records of positive responses written in a new random order each time.
 *
 * <p>Unlike CoreDNS (plugin/loadbalance) it moves nothing but addresses of one RRset: other records keep their places,
 * MX records too, whose order clients take from the preference.
 */
final class RoundRobinHandler implements Handler {
    private final Handler next;

    RoundRobinHandler(Handler next) {
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        return isTransfer(query) ? reply : reply.then(RoundRobinHandler::shuffled);
    }

    /** The order is that of each writing. */
    @Override
    public Repetition repetition(Query query) {
        return next.repetition(query);
    }

    /** A zone transfer starts with its SOA, then order carries meaning (RFC 5936 2.2). */
    static boolean isTransfer(Query query) {
        return query.qtype() == RecordType.AXFR || query.qtype() == RecordType.IXFR;
    }

    private static Reply shuffled(Reply reply) {
        Response response = responseOfSeveral(reply);
        return response == null ? reply : new Reply.Answered(response.withShuffledAddresses());
    }

    /** The positive response of a reply with a section that could have another order; null for any other reply. */
    static @Nullable Response responseOfSeveral(Reply reply) {
        if (!(reply instanceof Reply.Answered answered)) {
            return null;
        }
        Response response = answered.response();
        boolean several = response.count(Section.ANSWER) > 1 || response.count(Section.ADDITIONAL) > 1;
        return several && response.rcode() == Rcode.NOERROR ? response : null;
    }
}
