package org.cairndns.plugin.acl;

import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.cairndns.zone.IpAddress;

/** Layer that lets through the queries that the rules allow. Source: CoreDNS plugin/acl. */
final class AclHandler implements Handler {
    private static final Reply BLOCKED = reply(Rcode.REFUSED, EdnsOptions.BLOCKED);
    private static final Reply FILTERED = reply(Rcode.NOERROR, EdnsOptions.FILTERED);

    private final Handler next;
    private final List<AclRule> rules;
    private final AclMetrics metrics;

    AclHandler(Handler next, List<AclRule> rules, AclMetrics metrics) {
        this.next = next;
        this.rules = rules;
        this.metrics = metrics;
    }

    private static Reply reply(int rcode, int infoCode) {
        return new Reply.Answered(Response.bare(rcode).withEdns(EdnsOptions.extendedError(infoCode)));
    }

    @Override
    public Reply handle(Query query) {
        IpAddress client = IpAddress.of(query.client().getAddress());
        String server = query.listener().server();
        for (int i = 0; i < rules.size(); i++) {
            AclRule rule = rules.get(i);
            int zone = rule.zones().closest(query.qname());
            Action action = zone < 0 ? null : rule.decide(query.qtype(), client);
            if (action == Action.ALLOW) {
                break;
            }
            if (action != null) {
                return refuse(action, server, rule.zones().names().get(zone).toString());
            }
        }
        metrics.allowed(server);
        return next.handle(query);
    }

    private Reply refuse(Action action, String server, String zone) {
        return switch (action) {
            case BLOCK -> {
                metrics.blocked(server, zone);
                yield BLOCKED;
            }
            case FILTER -> {
                metrics.filtered(server, zone);
                yield FILTERED;
            }
            case DROP -> {
                metrics.dropped(server, zone);
                yield Reply.Dropped.INSTANCE;
            }
            case ALLOW -> throw new IllegalArgumentException("allowed queries go on");
        };
    }
}
