package org.cairndns.plugin.autopath;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/**
 * One walk along a search path, which ends at the first name that exists.
 *
 * <p>Steps follow one another, on whatever thread the reply of the one before arrives.
 */
final class SearchWalk {
    private final Query query;
    private final List<DomainName> path;
    private final int baseOctets;
    private final Counter successes;
    private final Handler next;

    /**
     * @param path at least one suffix
     * @param baseOctets octets of the qname in front of the first suffix, positive
     */
    SearchWalk(Query query, List<DomainName> path, int baseOctets, Counter successes, Handler next) {
        this.query = query;
        this.path = path;
        this.baseOctets = baseOctets;
        this.successes = successes;
        this.next = next;
    }

    /** The reply to the query: that of the first name that exists, else that of the qname. */
    Reply start() {
        return next.handle(query).then(first -> {
            if (isFound(first)) {
                successes.labelValues(query.listener().server()).inc();
            }
            return goesOn(first) ? step(1, first) : first;
        });
    }

    private Reply step(int index, Reply first) {
        if (index > path.size()) {
            return first;
        }
        DomainName suffix = index < path.size() ? path.get(index) : DomainName.ROOT;
        if (baseOctets + suffix.length() > DomainName.MAX_OCTETS) {
            return step(index + 1, first);
        }
        DomainName name = query.qname().withSuffix(baseOctets, suffix);
        Query candidate = query.withQuestion(name, query.qtype(), query.qclass());
        return next.handle(candidate).then(reply -> goesOn(reply) ? step(index + 1, first) : found(name, reply));
    }

    /** Names that do not exist are passed by, and so are failures without a reason, such as of {@code hosts}. */
    private static boolean goesOn(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> answered.response().rcode() == Rcode.NXDOMAIN;
            case Reply.Failed failed -> failed.reason().isEmpty();
            case Reply.Dropped dropped -> false;
            case Reply.Messages messages -> false;
            case Reply.Pending pending -> throw new IllegalArgumentException("still pending");
        };
    }

    private static boolean isFound(Reply reply) {
        return reply instanceof Reply.Answered && !goesOn(reply);
    }

    private Reply found(DomainName name, Reply reply) {
        if (!(reply instanceof Reply.Answered answered)) {
            return reply;
        }
        successes.labelValues(query.listener().server()).inc();
        return new Reply.Answered(asAlias(name, answered.response()));
    }

    /** The response to the query: what there is under a name, with an alias in front that leads there. */
    private Response asAlias(DomainName name, Response found) {
        ResponseBuilder builder =
                new ResponseBuilder(query.qname()).rcode(found.rcode()).authoritative(found.authoritative());
        RecordCursor cursor = new RecordCursor(name, found);
        boolean first = true;
        while (cursor.next()) {
            if (first && cursor.section() == Section.ANSWER) {
                builder.name(Section.ANSWER, query.qname(), RecordType.CNAME, cursor.ttlSeconds(), name);
            }
            first = false;
            builder.copy(cursor.section(), cursor);
        }
        Response response = builder.build();
        response = response.withRecursionAvailable(found.recursionAvailable())
                .withTruncated(found.truncated() || response.truncated());
        return found.shufflesAddresses() ? response.withShuffledAddresses() : response;
    }
}
