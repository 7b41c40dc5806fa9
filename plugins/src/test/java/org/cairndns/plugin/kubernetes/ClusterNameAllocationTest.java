package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.zone.SuffixTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterNameAllocationTest {
    private static final int QUERIES = 20_000;

    /** The question as the zone sees it, and the reply. */
    private static final int MAX_OCTETS_PER_QUERY = 64;

    @ParameterizedTest
    @CsvSource({"web, A", "web, AAAA", "db, A", "nope, A"})
    void handle_serviceNameOrNegative_allocatesTwoSmallObjects(String service, String type) {
        HandmadeCluster cluster = new HandmadeCluster()
                .service("web", "10.96.1.10")
                .headless("db", "db-0", "10.1.0.20")
                .synced();
        Handler handler = new KubernetesHandler(
                cluster.zone(),
                new SuffixTable<>(Map.of()),
                inner -> {
                    throw new AssertionError(inner);
                },
                query -> {
                    throw new AssertionError(query);
                });
        Query query = Queries.of(service + ".Shop.svc.cluster.local.", type);
        octets(handler, query);

        long octetsPerQuery = octets(handler, query) / QUERIES;

        System.out.println("allocated per query for " + query + ": " + octetsPerQuery + " octets");
        assertThat(octetsPerQuery).isLessThanOrEqualTo(MAX_OCTETS_PER_QUERY);
    }

    private static long octets(Handler handler, Query query) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < QUERIES; i++) {
            handler.handle(query);
        }
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
