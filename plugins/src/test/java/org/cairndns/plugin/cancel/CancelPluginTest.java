package org.cairndns.plugin.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.LoopServer;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CancelPluginTest {
    private static final Query QUERY = Queries.of("a.example.", "A");
    private static final Reply ANSWER = new Reply.Answered(Response.bare(Rcode.NOERROR));

    private final LoopServer server = LoopServer.nio(1);
    private final EventLoop loop = server.eventLoops().next();
    private final List<Reply.Pending> pending = new ArrayList<>();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void reply_thatIsThere_passesAsItIs() {
        assertThat(LoopServer.await(server.ask(loop, block("cancel").chain(query -> ANSWER), QUERY)))
                .isSameAs(ANSWER);
        assertThat(block("cancel").chain(query -> Reply.Dropped.INSTANCE).handle(QUERY))
                .isSameAs(Reply.Dropped.INSTANCE);
    }

    @Test
    void reply_inTime_passesAndItsTimerIsGone() throws Exception {
        CompletableFuture<Reply> reply = server.ask(loop, chain("cancel 1h"), QUERY);
        server.onLoop(() -> {
            pending.getFirst().complete(ANSWER);
            return true;
        });

        assertThat(LoopServer.await(reply)).isSameAs(ANSWER);
    }

    @Test
    void reply_tooLate_isServfailAndTheLateOneIsDropped() throws Exception {
        CompletableFuture<Reply> reply = server.ask(loop, chain("cancel 20ms"), QUERY);

        assertThat(LoopServer.await(reply)).isEqualTo(new Reply.Failed(Rcode.SERVFAIL, "context deadline exceeded"));
        server.onLoop(() -> {
            pending.getFirst().complete(ANSWER);
            return true;
        });
        assertThat(reply.get()).isInstanceOf(Reply.Failed.class);
    }

    @Test
    void query_onAThreadOfItsOwn_isLimitedToo() throws Exception {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        ((Reply.Pending) chain("cancel 20ms").handle(QUERY)).whenDone(reply::complete);

        assertThat(reply.get(30, TimeUnit.SECONDS)).isInstanceOf(Reply.Failed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "cancel 0,         Corefile:2:8:",
        "cancel 0s,        Corefile:2:8:",
        "cancel -1s,       Corefile:2:8:",
        "cancel soon,      Corefile:2:8:",
        "cancel 5,         Corefile:2:8:"
    })
    void duration_wrong_isAProblemAtItsPlace(String directive, String place) {
        assertThat(block(directive).problems())
                .singleElement()
                .asString()
                .startsWith(place + " bad value for 'cancel', expected a duration of at least ");
    }

    @Test
    void setup_wrongShape_isAProblem() {
        assertThat(block("cancel 1s 2s").problems())
                .containsExactly("Corefile:2:11: wrong number of arguments for 'cancel', expected 0 to 1, got 2");
        assertThat(block("cancel {\n }").problems())
                .containsExactly("Corefile:2:1: unexpected block, expected 'cancel' on a line of its own, got '{'");
    }

    private Handler chain(String directive) {
        return block(directive).chain(query -> {
            Reply.Pending later = new Reply.Pending();
            pending.add(later);
            return later;
        });
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new CancelPlugin());
    }
}
