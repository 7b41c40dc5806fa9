package org.cairndns.plugin.secondary;

import java.util.Map;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;

/** Layer that takes NOTIFY from the primaries of its zones (RFC 1996 3.10). */
final class NotifyHandler implements Handler {
    private static final PluginLog LOG = PluginLog.of("secondary");

    private final Map<DomainName, SecondaryZone> zones;
    private final Handler next;

    NotifyHandler(Map<DomainName, SecondaryZone> zones, Handler next) {
        this.zones = Map.copyOf(zones);
        this.next = next;
    }

    @Override
    public Reply handle(Query notify) {
        SecondaryZone zone = zones.get(notify.qname());
        if (zone == null) {
            return next.handle(notify);
        }
        String from = notify.client().getAddress().getHostAddress();
        if (!zone.isPrimary(notify.client().getAddress())) {
            // Unlike CoreDNS, which says nothing, so that the sender tries again and again.
            LOG.debug("Dropping notify from " + from + " for " + notify.qname());
            return new Reply.Answered(Response.bare(Rcode.REFUSED));
        }
        LOG.info("Notify from " + from + " for " + notify.qname() + ": checking transfer");
        zone.checkSoon();
        return new Reply.Answered(new ResponseBuilder(notify.qname()).build());
    }
}
