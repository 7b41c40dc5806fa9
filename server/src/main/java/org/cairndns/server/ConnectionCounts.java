package org.cairndns.server;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.query.ConnectionEnd;
import org.cairndns.server.query.ConnectionMetrics;

/** Counts of connections in the process's metrics. */
final class ConnectionCounts implements ConnectionMetrics {
    private final Gauge open;
    private final Counter ended;

    private ConnectionCounts(Gauge open, Counter ended) {
        this.open = open;
        this.ended = ended;
    }

    static ConnectionCounts of(Meters meters) {
        return new ConnectionCounts(
                meters.gauge("cairn_tcp_connections", "Open connections over TCP, TLS and HTTPS.", "server"),
                meters.counter(
                        "cairn_tcp_closed_total", "Connections that the server ended by itself.", "server", "reason"));
    }

    @Override
    public void opened(String server) {
        open.labelValues(server).inc();
    }

    @Override
    public void closed(String server) {
        open.labelValues(server).dec();
    }

    @Override
    public void ended(String server, ConnectionEnd reason) {
        ended.labelValues(server, reason.label()).inc();
    }
}
