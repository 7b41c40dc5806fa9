package org.cairndns.plugin.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.Upstreams;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.plugin.testing.UpstreamDouble;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;
import org.xbill.DNS.Section;

/** A server block with {@code forward} directives on one event loop, with upstreams of the test's. */
final class ForwardFixture implements AutoCloseable {
    private static final Handler NEXT = query -> new Reply.Failed(Rcode.NOTIMP, "next handler");

    final LoopServer server;
    private final List<UpstreamDouble> doubles = new ArrayList<>();
    private Handler handler = NEXT;
    private @Nullable Upstreams upstreams;

    ForwardFixture() {
        this(LoopServer.epoll(1));
    }

    ForwardFixture(LoopServer server) {
        this.server = server;
    }

    UpstreamDouble upstream(UpstreamDouble.Behaviour behaviour) {
        return add(new UpstreamDouble()).does(behaviour);
    }

    UpstreamDouble add(UpstreamDouble upstream) {
        doubles.add(upstream);
        return upstream;
    }

    /** Sets the block up; {@code ;} stands for a new line. */
    ForwardFixture with(String directives) {
        String corefile = ".:53 {\n" + directives.replace(';', '\n') + "\n}";
        FakeBlock block = new FakeBlock(server, corefile, new ForwardPlugin());
        assertThat(block.problems()).isEmpty();
        handler = block.start().chain(NEXT);
        upstreams = block.settings().offered(Upstreams.class).orElseThrow();
        return this;
    }

    /** Sets one directive for the root up, with these upstreams in order and these options. */
    ForwardFixture with(List<UpstreamDouble> to, String options) {
        return with("forward . "
                + String.join(" ", to.stream().map(UpstreamDouble::address).toList()) + " {;" + options + ";}");
    }

    /** The upstreams as other plugins of the block see them. */
    Upstreams upstreams() {
        return Objects.requireNonNull(upstreams);
    }

    CompletableFuture<Reply> begin(Query query) {
        return server.ask(handler, query);
    }

    Reply ask(Query query) {
        return LoopServer.await(begin(query));
    }

    /** Asks for an address over UDP. */
    Reply ask(String qname) {
        return ask(Queries.of(qname, "A"));
    }

    static Query overTcp(String qname) {
        return Queries.of(qname, "A").withListener(Queries.TCP);
    }

    /** Address in the answer to a query for one. */
    String addressOf(Query query) {
        Message response = Queries.render(query, ask(query));
        return response.getSection(Section.ANSWER).getFirst().rdataToString();
    }

    String addressOf(String qname) {
        return addressOf(Queries.of(qname, "A"));
    }

    /** Value of a metric with this label value, 0 if it is not there. */
    double metric(String name, String label) {
        return server.metrics(name).stream()
                .filter(line -> line.contains("\"" + label + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() throws Exception {
        server.close();
        for (UpstreamDouble upstream : doubles) {
            upstream.close();
        }
    }
}
