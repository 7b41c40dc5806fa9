package org.cairndns.plugin.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Allocation;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsHandlerAllocationTest {
    private static final int QUERIES = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"nas.home.example.", "web.shop.svc.cluster.local."})
    void handle_knownAndUnknownNames_allocateNothing(String qname) {
        Reply reply = new Reply.Answered(Response.bare(Rcode.NOERROR));
        String corefile = ". {\nhosts {\n 192.168.1.10 nas.home.example\n fallthrough\n}\n}\n";
        Handler handler = new FakeBlock(new FakeServer(), corefile, new HostsPlugin()).chain(query -> reply);
        Query query = Queries.of(qname, "A");

        assertThat(Allocation.octetsPerQuery(handler, query, QUERIES)).isLessThan(1);
    }
}
