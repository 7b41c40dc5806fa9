package org.cairndns.perf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.server.query.CoreMetrics;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.server.query.ServerBlockTable;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The way of a query to the server block of its zone, which answers at once. */
public class RouteBenchmark extends StepBenchmark {
    private static final CoreMetrics NO_METRICS = new CoreMetrics() {
        @Override
        public void dropped(Query query, int rcode) {}

        @Override
        public void httpsResponded(String server, int status) {}

        @Override
        public void panicked() {}
    };

    /** Zones besides the root, none of them that of the query. */
    @Param({"0", "10"})
    public int otherZones;

    private final Query query = Packets.read(Packets.query("checkout-500.team-10.svc.cluster.local A", false));
    private QueryRunner runner = emptyRunner();

    /** A core that serves no zone. */
    static QueryRunner emptyRunner() {
        return new QueryRunner(new ServerBlockTable(List.of(), false), NO_METRICS);
    }

    /** Makes the table. */
    @Setup
    public void setUp() {
        Reply reply = new Reply.Answered(Response.bare(0));
        Optional<Handler> chain = Optional.of(anyQuery -> reply);
        List<ServerBlockTable.Entry> entries = new ArrayList<>();
        entries.add(new ServerBlockTable.Entry(DomainName.ROOT, chain, false));
        for (int i = 0; i < otherZones; i++) {
            entries.add(new ServerBlockTable.Entry(DomainName.of("zone-" + i + ".cluster.local."), chain, false));
        }
        runner.replace(new ServerBlockTable(entries, false));
    }

    @Benchmark
    public Reply route() {
        return runner.run(query);
    }
}
