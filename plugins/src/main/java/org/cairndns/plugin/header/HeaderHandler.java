package org.cairndns.plugin.header;

import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;

/** Layer that changes flags of queries and of responses. Source: CoreDNS plugin/header. */
final class HeaderHandler implements Handler {
    private final Handler next;
    private final List<FlagRule> queryRules;
    private final List<FlagRule> responseRules;

    HeaderHandler(Handler next, List<FlagRule> queryRules, List<FlagRule> responseRules) {
        this.next = next;
        this.queryRules = List.copyOf(queryRules);
        this.responseRules = List.copyOf(responseRules);
    }

    @Override
    public Reply handle(Query query) {
        Query changed = query;
        for (FlagRule rule : queryRules) {
            changed = rule.apply(changed);
        }
        Reply reply = next.handle(changed);
        return responseRules.isEmpty() ? reply : reply.then(this::changed);
    }

    private Reply changed(Reply reply) {
        if (!(reply instanceof Reply.Answered answered)) {
            return reply;
        }
        Response response = answered.response();
        for (FlagRule rule : responseRules) {
            response = rule.apply(response);
        }
        return new Reply.Answered(response);
    }
}
