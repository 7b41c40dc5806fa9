package org.cairndns.plugin.authority;

import java.util.function.Function;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Section;
import org.cairndns.zone.Zones;
import org.cairndns.zone.data.ZoneResult;

/** Layer that answers for the zones of one directive. */
public final class AuthorityHandler implements Handler {
    private static final Reply REFUSED = new Reply.Answered(Response.bare(Rcode.REFUSED));

    private final ZoneFinder zones;
    private final Zones fallthrough;
    private final Function<Query, Reply> resolver;
    private final Handler next;
    private final Handler outside;

    /**
     * The layer of a plugin.
     *
     * @param fallthrough names that go on to {@code next} if their zone has nothing at or for them
     * @param plugin the plugin's name
     */
    public AuthorityHandler(ZoneFinder zones, Zones fallthrough, BlockContext context, String plugin, Handler next) {
        this.zones = zones;
        this.fallthrough = fallthrough;
        this.resolver = context::resolve;
        this.next = next;
        // As in CoreDNS the last plugin of a block refuses names that are not its own; others fail at the chain's end.
        boolean last = context.handlerOrder().getLast().equals(plugin);
        this.outside = last ? query -> REFUSED : next;
    }

    @Override
    public Reply handle(Query query) {
        var slot = zones.find(query.qname());
        // Unlike CoreDNS, which answers for every class: the zones are of class IN.
        boolean ours = query.qclass() == DnsClass.IN || query.qclass() == DnsClass.ANY;
        if (slot.isEmpty() || !ours) {
            return outside.handle(query);
        }
        if (query.qtype() == RecordType.AXFR || query.qtype() == RecordType.IXFR) {
            // No failure of ours: zone transfers are for the directive 'transfer'.
            return REFUSED;
        }
        var zone = slot.get().zone();
        if (zone.isEmpty()) {
            return new Reply.Failed(
                    Rcode.SERVFAIL,
                    "zone " + slot.get().apex() + " " + slot.get().reason());
        }
        return switch (zone.get().lookup(query)) {
            case ZoneResult.Complete complete -> complete(query, complete);
            case ZoneResult.Alias alias -> alias(query, alias);
            case ZoneResult.Failed failed -> new Reply.Failed(Rcode.SERVFAIL, failed.reason());
        };
    }

    private Reply complete(Query query, ZoneResult.Complete result) {
        boolean nothingThere = switch (result.kind()) {
            // As in CoreDNS a name that only has names below goes on, too.
            case NAME_ERROR, EMPTY_NON_TERMINAL -> result.response().count(Section.ANSWER) == 0;
            case ANSWER, NO_DATA, REFERRAL, TOO_LONG -> false;
        };
        return nothingThere && fallthrough.covers(query.qname())
                ? next.handle(query)
                : new Reply.Answered(result.response());
    }

    private Reply alias(Query query, ZoneResult.Alias alias) {
        Reply target = resolver.apply(query.inner(alias.target(), query.qtype()));
        return target.then(reply -> switch (reply) {
            case Reply.Answered answered -> new Reply.Answered(alias.with(answered.response()));
            // As in CoreDNS the client gets what is known, with the RCODE of the rest.
            case Reply.Failed failed -> new Reply.Answered(alias.without(failed.rcode()));
            case Reply.Dropped dropped -> new Reply.Answered(alias.without(Rcode.SERVFAIL));
            case Reply.Messages messages -> throw new IllegalArgumentException("no zone transfer was asked for");
            case Reply.Pending pending -> throw new IllegalStateException("a Pending is never handed on");
        });
    }
}
