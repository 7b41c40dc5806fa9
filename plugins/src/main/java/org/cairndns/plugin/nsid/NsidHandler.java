package org.cairndns.plugin.nsid;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/** Layer that puts the identifier of this server into the responses to queries with the NSID option (RFC 5001 2.2). */
final class NsidHandler implements Handler {
    private final Handler next;
    private final byte[] identifier;

    NsidHandler(Handler next, byte[] identifier) {
        this.next = next;
        this.identifier = identifier;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        return EdnsOptions.contains(query.edns().options(), EdnsOptions.NSID) ? reply.then(this::identified) : reply;
    }

    private Reply identified(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> identified(answered.response());
            // The one that fails is the one to be found; errors and metrics below have seen the reason.
            case Reply.Failed failed -> identified(Response.bare(failed.rcode()));
            case Reply.Dropped dropped -> dropped;
            case Reply.Messages messages -> messages;
            case Reply.Pending pending -> pending;
        };
    }

    private Reply identified(Response response) {
        return new Reply.Answered(
                response.withEdns(EdnsOptions.with(response.ednsOptions(), EdnsOptions.NSID, identifier)));
    }
}
