package org.cairndns.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.Test;

class MetricsHandlerAllocationTest {
    private static final int QUERIES = 100_000;

    @Test
    void handle_answeredQueries_allocateNothing() {
        Reply reply = new Reply.Answered(Response.bare(Rcode.NOERROR));
        Handler handler = new MetricsHandler(
                query -> reply,
                new FakeServer(),
                List.of("cluster.local.", "."),
                new MetricsHandler.Labels("", "errors"));
        Query query = Queries.of("web.shop.svc.cluster.local.", "A");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        run(handler, query);

        long before = threads.getCurrentThreadAllocatedBytes();
        run(handler, query);
        long octets = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat((double) octets / QUERIES).isLessThan(1);
    }

    private static void run(Handler handler, Query query) {
        for (int i = 0; i < QUERIES; i++) {
            handler.handle(query);
        }
    }
}
