package org.cairndns.plugin.cache;

import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;
import org.jspecify.annotations.Nullable;

/** The way from the question over CNAME records to the records that answer it (RFC 1034 3.6.2). */
final class AnswerChain {
    /** Longer chains count as endless, so that a hostile response costs little. */
    private static final int MAX_ALIASES = 32;

    private final Query query;
    private final Response response;
    private boolean ambiguous;

    private AnswerChain(Query query, Response response) {
        this.query = query;
        this.response = response;
    }

    /** True if a record of the type asked for stands where the aliases lead to. */
    static boolean answers(Query query, Response response) {
        if (response.rcode() != Rcode.NOERROR || response.count(Section.ANSWER) == 0) {
            return false;
        }
        AnswerChain chain = new AnswerChain(query, response);
        return switch (query.qtype()) {
            case RecordType.ANY -> chain.has(query.qname(), RecordType.ANY);
            case RecordType.CNAME -> chain.alias(query.qname()) != null && !chain.ambiguous;
            default -> chain.reachesAnswer();
        };
    }

    private boolean reachesAnswer() {
        DomainName name = query.qname();
        for (int i = 0; i <= MAX_ALIASES; i++) {
            DomainName target = alias(name);
            if (target == null) {
                return has(name, query.qtype());
            }
            if (ambiguous) {
                return false;
            }
            name = target;
        }
        return false;
    }

    /** Target of the alias at a name, or null; notes an owner with two targets (RFC 2181 10.1 forbids it). */
    private @Nullable DomainName alias(DomainName owner) {
        DomainName target = null;
        RecordCursor cursor = new RecordCursor(query.qname(), response);
        while (cursor.next() && cursor.section() == Section.ANSWER) {
            if (cursor.type() != RecordType.CNAME
                    || !isOfClass(cursor)
                    || !cursor.owner().equals(owner)) {
                continue;
            }
            DomainName next = cursor.rdataName(0);
            ambiguous |= target != null && !target.equals(next);
            target = next;
        }
        return target;
    }

    private boolean has(DomainName owner, int type) {
        RecordCursor cursor = new RecordCursor(query.qname(), response);
        while (cursor.next() && cursor.section() == Section.ANSWER) {
            boolean rightType = type == RecordType.ANY || cursor.type() == type;
            if (rightType && isOfClass(cursor) && cursor.owner().equals(owner)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOfClass(RecordCursor cursor) {
        return query.qclass() == DnsClass.ANY || cursor.dnsClass() == query.qclass();
    }
}
