package org.cairndns.plugin.log;

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

class LogHandlerAllocationTest {
    private static final int QUERIES = 100_000;

    @ParameterizedTest
    @ValueSource(strings = {"log {\n class denial error\n}", "log example.org"})
    void handle_queryThatIsNotLogged_allocatesNothing(String directive) {
        Reply reply = new Reply.Answered(Response.bare(Rcode.NOERROR));
        Handler handler =
                new FakeBlock(new FakeServer(), ". {\n" + directive + "\n}\n", new LogPlugin()).chain(query -> reply);
        Query query = Queries.of("web.shop.svc.cluster.local.", "A");

        assertThat(Allocation.octetsPerQuery(handler, query, QUERIES)).isLessThan(1);
    }
}
