package org.cairndns.server.net;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.server.query.CoreMetrics;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.server.query.ServerBlockTable;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;

/** Cores that hand every query to one handler. */
final class Runners {
    /** What the server is delivered with. */
    static final MemoryShares MEMORY = new MemoryShares(64 << 20, 24 << 20);

    private Runners() {}

    static QueryRunner of(Handler handler) {
        ServerBlockTable.Entry entry = new ServerBlockTable.Entry(DomainName.ROOT, Optional.of(handler), false);
        return new QueryRunner(new ServerBlockTable(List.of(entry), false), new NoMetrics());
    }

    /** Sockets that share ports with nobody, whose conditions nobody sees. */
    static PortSharing sharing() {
        return new PortSharing(Conditions.of(new Meters(new PrometheusRegistry())), false);
    }

    private static final class NoMetrics implements CoreMetrics {
        @Override
        public void dropped(Query query, int rcode) {}

        @Override
        public void httpsResponded(String server, int status) {}

        @Override
        public void panicked() {}
    }
}
