package org.cairndns.plugin.kubernetes;

import java.util.function.Function;
import org.cairndns.kubernetes.ZoneLookup;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.zone.LookupResult;
import org.cairndns.zone.SuffixTable;
import org.cairndns.zone.Validity;

/**
 * Layer that answers for the cluster's zones.
 *
 * <p>A name that does not exist goes on to the next handler where the block says so. While the cluster is not read yet
 * it gets SERVFAIL, be it that the next handler denies it too: nobody can know.
 */
final class KubernetesHandler implements Handler {
    /** As many as CoreDNS follows; more count as a loop. */
    private static final int MAX_ALIASES = 10;

    private final ZoneLookup zone;
    private final SuffixTable<Boolean> fallthrough;
    private final Function<Query, Reply> resolver;
    private final Handler next;

    /**
     * @param fallthrough true for names that fall through
     * @param resolver asks the whole server, for targets outside the zones
     */
    KubernetesHandler(
            ZoneLookup zone, SuffixTable<Boolean> fallthrough, Function<Query, Reply> resolver, Handler next) {
        this.zone = zone;
        this.fallthrough = fallthrough;
        this.resolver = resolver;
        this.next = next;
    }

    @Override
    public Reply handle(Query query) {
        // Unlike CoreDNS, which answers for every class: the zones are of class IN.
        if (query.qclass() != DnsClass.IN && query.qclass() != DnsClass.ANY) {
            return next.handle(query);
        }
        return reply(query, zone.lookup(query));
    }

    private Reply reply(Query query, LookupResult result) {
        // No failure of ours: zone transfers are for the directive 'transfer'.
        if (query.qtype() == RecordType.AXFR || query.qtype() == RecordType.IXFR) {
            return result == LookupResult.NotInZone.INSTANCE
                    ? next.handle(query)
                    : new Reply.Answered(Response.bare(Rcode.REFUSED));
        }
        return switch (result) {
            case LookupResult.Found found -> new Reply.Answered(found.response());
            case LookupResult.NoData noData -> new Reply.Answered(noData.response());
            case LookupResult.NameError error -> nameError(query, error);
            case LookupResult.Alias alias -> alias(query, alias);
            case LookupResult.NotInZone notInZone -> next.handle(query);
        };
    }

    @Override
    public Repetition repetition(Query query) {
        if (query.qclass() != DnsClass.IN) {
            return Repetition.NEVER;
        }
        Validity validity = zone.validity(query);
        Repetition own = validity.isNever() ? Repetition.NEVER : Repetition.ALWAYS.during(validity);
        return switch (zone.lookup(query)) {
            case LookupResult.Found found -> own;
            case LookupResult.NoData noData -> own;
            case LookupResult.NameError error -> fallthrough.find(query.qname(), false) ? Repetition.NEVER : own;
            case LookupResult.Alias alias -> Repetition.NEVER;
            case LookupResult.NotInZone notInZone -> next.repetition(query);
        };
    }

    private Reply nameError(Query query, LookupResult.NameError error) {
        Reply own = new Reply.Answered(error.response());
        if (!fallthrough.find(query.qname(), false)) {
            return own;
        }
        Reply others = next.handle(query);
        boolean known = error.response().rcode() == Rcode.NXDOMAIN;
        // Unlike CoreDNS, which lets the next one deny names of a cluster that is not read yet.
        return known ? others : others.then(reply -> denies(reply) ? own : reply);
    }

    private static boolean denies(Reply reply) {
        return reply instanceof Reply.Answered answered && answered.response().rcode() == Rcode.NXDOMAIN;
    }

    private Reply alias(Query query, LookupResult.Alias alias) {
        if (query.qtype() == RecordType.CNAME || query.qtype() == RecordType.ANY) {
            return new Reply.Answered(AliasAnswer.alone(query, alias));
        }
        if (query.depth() >= MAX_ALIASES) {
            return new Reply.Failed(
                    Rcode.SERVFAIL, "more than " + MAX_ALIASES + " aliases in a row, the last to " + alias.target());
        }
        Query inner = query.inner(alias.target(), query.qtype());
        LookupResult result = zone.lookup(inner);
        Reply target = result == LookupResult.NotInZone.INSTANCE ? resolver.apply(inner) : reply(inner, result);
        return target.then(reply -> AliasAnswer.withTarget(query, alias, reply));
    }
}
