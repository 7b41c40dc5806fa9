package org.cairndns.server;

import io.prometheus.metrics.core.metrics.Counter;
import org.cairndns.plugin.prometheus.QueryMetrics;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.query.ConnectionMetrics;
import org.cairndns.server.query.CoreMetrics;
import org.cairndns.server.query.DatagramMetrics;
import org.cairndns.wire.Query;

/** Counts of the core itself in the process's metrics. */
final class CoreMetricsRecorder implements CoreMetrics {
    private final Counter panics;
    private final Counter httpsResponses;
    private final QueryMetrics queries;
    private final ConnectionMetrics connections;
    private final DatagramMetrics datagrams;

    private CoreMetricsRecorder(
            Counter panics,
            Counter httpsResponses,
            QueryMetrics queries,
            ConnectionMetrics connections,
            DatagramMetrics datagrams) {
        this.connections = connections;
        this.datagrams = datagrams;
        this.panics = panics;
        this.httpsResponses = httpsResponses;
        this.queries = queries;
    }

    static CoreMetricsRecorder of(Meters meters) {
        return new CoreMetricsRecorder(
                meters.counter("coredns_panics_total", "Failures of handlers that were turned into SERVFAIL."),
                meters.counter(
                        "coredns_dns_https_responses_total", "HTTP responses of DoH servers.", "server", "status"),
                QueryMetrics.of(meters),
                ConnectionCounts.of(meters),
                DatagramCounts.of(meters));
    }

    @Override
    public void dropped(Query query, int rcode) {
        queries.recordDropped(query, rcode);
    }

    @Override
    public void httpsResponded(String server, int status) {
        httpsResponses.labelValues(server, Integer.toString(status)).inc();
    }

    @Override
    public ConnectionMetrics connections() {
        return connections;
    }

    @Override
    public DatagramMetrics datagrams() {
        return datagrams;
    }

    @Override
    public void panicked() {
        panics.inc();
    }
}
