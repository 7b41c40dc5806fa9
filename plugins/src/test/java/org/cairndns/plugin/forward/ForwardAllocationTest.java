package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.netty.util.ResourceLeakDetector;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.wire.Query;
import org.junit.jupiter.api.Test;

class ForwardAllocationTest {
    private static final int QUERIES = 2_000;

    /** Above what was measured, below what a time-out object or a parsed message per query would add. */
    private static final int MAX_OCTETS_PER_QUERY = 800;

    @Test
    void handle_query_allocatesLittleOnTheLoop() throws Exception {
        ResourceLeakDetector.Level level = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        try (ForwardFixture forward = new ForwardFixture()) {
            forward.with(List.of(forward.upstream(UpstreamDouble.address("10.0.0.1"))), "max_concurrent 1000");
            Query query = Queries.of("www.example.org.", "A");
            octets(forward, query);

            long octetsPerQuery = octets(forward, query) / QUERIES;

            System.out.println("allocated per forwarded query: " + octetsPerQuery + " octets");
            assertThat(octetsPerQuery).isLessThanOrEqualTo(MAX_OCTETS_PER_QUERY);
        } finally {
            ResourceLeakDetector.setLevel(level);
        }
    }

    /** Octets that the loop's thread allocates, what the test itself hands to the loop among them. */
    private static long octets(ForwardFixture forward, Query query) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long loop = forward.server.onLoop(() -> Thread.currentThread().threadId());
        long before = threads.getThreadAllocatedBytes(loop);
        for (int i = 0; i < QUERIES; i++) {
            forward.ask(query);
        }
        return threads.getThreadAllocatedBytes(loop) - before;
    }
}
