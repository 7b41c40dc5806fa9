package org.cairndns.plugin.acl;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.PerServer;

/** Counters of what became of the queries of one server block. Any thread. */
final class AclMetrics {
    private final PerServer<CounterDataPoint> allowed;
    private final Counter blocked;
    private final Counter filtered;
    private final Counter dropped;
    private final String view;

    AclMetrics(Meters meters, String view) {
        this.view = view;
        Counter all = meters.counter(
                "coredns_acl_allowed_requests_total", "Counter of DNS requests being allowed.", "server", "view");
        this.allowed = new PerServer<>(server -> all.labelValues(server, view));
        this.blocked = counter(meters, "blocked");
        this.filtered = counter(meters, "filtered");
        this.dropped = counter(meters, "dropped");
    }

    private static Counter counter(Meters meters, String what) {
        String help = "Counter of DNS requests being " + what + ".";
        return meters.counter("coredns_acl_" + what + "_requests_total", help, "server", "zone", "view");
    }

    void allowed(String server) {
        allowed.of(server).inc();
    }

    void blocked(String server, String zone) {
        blocked.labelValues(server, zone, view).inc();
    }

    void filtered(String server, String zone) {
        filtered.labelValues(server, zone, view).inc();
    }

    void dropped(String server, String zone) {
        dropped.labelValues(server, zone, view).inc();
    }
}
