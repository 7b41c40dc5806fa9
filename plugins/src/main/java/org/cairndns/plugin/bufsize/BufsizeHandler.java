package org.cairndns.plugin.bufsize;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Edns;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/**
 * Layer that sets how long a response over UDP may be, within what the client takes, for upstreams too.
 *
 * <p>Source: CoreDNS plugin/bufsize.
 */
final class BufsizeHandler implements Handler {
    private final Handler next;
    private final int maxOctets;

    BufsizeHandler(Handler next, int maxOctets) {
        this.next = next;
        this.maxOctets = maxOctets;
    }

    @Override
    public Reply handle(Query query) {
        Edns edns = query.edns();
        if (edns.udpPayloadSize() <= maxOctets) {
            boolean more = edns.udpPayloadSize() > Response.USUAL_UDP_OCTETS;
            return more ? next.handle(query).then(this::limited) : next.handle(query);
        }
        Edns lowered = new Edns(true, maxOctets, edns.version(), edns.flags(), edns.options());
        return next.handle(query.withEdns(lowered)).then(this::limited);
    }

    private Reply limited(Reply reply) {
        return reply instanceof Reply.Answered answered
                ? new Reply.Answered(answered.response().withMaxUdpOctets(maxOctets))
                : reply;
    }
}
