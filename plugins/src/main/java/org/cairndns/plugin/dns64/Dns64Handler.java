package org.cairndns.plugin.dns64;

import io.prometheus.metrics.core.metrics.Counter;
import java.net.Inet6Address;
import java.util.function.Function;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;

/**
 * Layer that gives names without AAAA records such as stand for their A records (RFC 6147 5.1).
 *
 * <p>Unlike CoreDNS a name without A records keeps its own reply, be it a denial or a failure (RFC 6147 5.1.6): an empty
 * NOERROR in place of a failure would be remembered as "no addresses".
 */
final class Dns64Handler implements Handler {
    private final Dns64Config config;
    private final Function<Query, Reply> resolver;
    private final Counter translated;
    private final Handler next;

    /**
     * @param resolver asks the whole server for A records
     */
    Dns64Handler(Dns64Config config, Function<Query, Reply> resolver, Counter translated, Handler next) {
        this.config = config;
        this.resolver = resolver;
        this.translated = translated;
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        Reply reply = next.handle(query);
        return isForUs(query) ? reply.then(own -> translate(query, own)) : reply;
    }

    private boolean isForUs(Query query) {
        if (query.qtype() != RecordType.AAAA || query.qclass() != DnsClass.IN) {
            return false;
        }
        // Unlike CoreDNS: who sets both checks signatures itself and would take ours for a forgery (RFC 6147 5.5).
        if (query.checkingDisabled() && query.edns().dnssecOk()) {
            return false;
        }
        return config.allowIpv4() || query.client().getAddress() instanceof Inet6Address;
    }

    private Reply translate(Query query, Reply own) {
        if (!isTranslatable(query, own)) {
            return own;
        }
        Query inner = query.inner(query.qname(), RecordType.A);
        return resolver.apply(inner).then(ipv4 -> translate(query, own, ipv4));
    }

    /** A failure counts as an answer without records (RFC 6147 5.1.2 and 5.1.3), a name that does not exist does not. */
    private boolean isTranslatable(Query query, Reply own) {
        return switch (own) {
            case Reply.Answered answered -> isTranslatable(query, answered.response());
            case Reply.Failed failed -> true;
            case Reply.Dropped dropped -> false;
            case Reply.Messages messages -> false;
            case Reply.Pending pending -> throw new IllegalArgumentException("still pending");
        };
    }

    private boolean isTranslatable(Query query, Response own) {
        if (own.rcode() == Rcode.NXDOMAIN) {
            return false;
        }
        return config.translateAll() || !own.truncated() && !hasAnswer(query, own, RecordType.AAAA);
    }

    private Reply translate(Query query, Reply own, Reply ipv4) {
        if (!(ipv4 instanceof Reply.Answered answered)) {
            return own;
        }
        Response addresses = answered.response();
        if (!hasAnswer(query, addresses, RecordType.A)) {
            return addresses.truncated() ? new Reply.Answered(TranslatedAnswer.truncated(addresses)) : own;
        }
        translated.labelValues(query.listener().server()).inc();
        int maxTtlSeconds = own instanceof Reply.Answered denial
                ? TranslatedAnswer.maxTtlSeconds(query, denial.response())
                : TranslatedAnswer.STANDARD_MAX_TTL_SECONDS;
        return new Reply.Answered(TranslatedAnswer.of(query, addresses, config.prefix(), maxTtlSeconds));
    }

    private static boolean hasAnswer(Query query, Response response, int type) {
        RecordCursor cursor = new RecordCursor(query.qname(), response);
        while (cursor.next() && cursor.section() == Section.ANSWER) {
            if (cursor.type() == type) {
                return true;
            }
        }
        return false;
    }
}
