package org.cairndns.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Allocation;
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

        assertThat(Allocation.octetsPerQuery(handler, query, QUERIES)).isLessThan(1);
    }
}
