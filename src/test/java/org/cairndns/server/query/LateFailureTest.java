package org.cairndns.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Edns;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.Transport;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;

/** Failures of handlers whose replies come later, and what clients hear of failures. */
class LateFailureTest {
    private static final InetSocketAddress ADDRESS = new InetSocketAddress("127.0.0.1", 53);
    private static final Query QUERY = Query.of(
            DomainName.of("a.example."), RecordType.A, ADDRESS, new ListenerInfo(Transport.UDP, "dns://:53", ADDRESS));

    private final AtomicInteger panics = new AtomicInteger();

    private QueryRunner runner(Handler handler) {
        ServerBlockTable.Entry entry = new ServerBlockTable.Entry(DomainName.ROOT, Optional.of(handler), false);
        return new QueryRunner(new ServerBlockTable(List.of(entry), false), new CoreMetrics() {
            @Override
            public void dropped(Query query, int rcode) {}

            @Override
            public void httpsResponded(String server, int status) {}

            @Override
            public void panicked() {
                panics.incrementAndGet();
            }
        });
    }

    @Test
    void run_stepThrowsLater_isServfailAndCountedOnce() {
        Reply.Pending upstream = new Reply.Pending();
        QueryRunner runner = runner(query -> upstream.then(reply -> {
                    throw new IllegalStateException("broken step");
                })
                .then(reply -> reply));
        List<Reply> replies = new ArrayList<>();

        ((Reply.Pending) runner.run(QUERY)).whenDone(replies::add);
        assertThat(panics).hasValue(0);
        upstream.complete(new Reply.Answered(Response.bare(Rcode.NOERROR)));

        assertThat(replies).singleElement().isInstanceOfSatisfying(Reply.Failed.class, failed -> {
            assertThat(failed.rcode()).isEqualTo(Rcode.SERVFAIL);
            assertThat(failed.reason()).contains("broken step");
        });
        assertThat(panics).hasValue(1);
    }

    @Test
    void run_lateFailureThatIsAValue_isNoPanic() {
        Reply.Pending upstream = new Reply.Pending();
        QueryRunner runner = runner(query -> upstream);
        List<Reply> replies = new ArrayList<>();

        ((Reply.Pending) runner.run(QUERY)).whenDone(replies::add);
        upstream.complete(new Reply.Failed(Rcode.SERVFAIL, "timeout"));

        assertThat(replies).hasSize(1);
        assertThat(panics).hasValue(0);
    }

    @Test
    void write_failureWithExtendedError_clientsWithEdnsAreTold() throws Exception {
        Reply failed = new Reply.Failed(Rcode.SERVFAIL, "timeout", EdnsOptions.NETWORK_ERROR);
        Query withEdns = QUERY.withEdns(new Edns(true, 1232, 0, 0, Edns.NO_OPTIONS));

        Message told = written(withEdns, failed);
        Message plain = written(QUERY, failed);

        assertThat(told.getOPT().getOptions())
                .singleElement()
                .isInstanceOfSatisfying(
                        ExtendedErrorCodeOption.class,
                        option -> assertThat(option.getErrorCode()).isEqualTo(23));
        assertThat(plain.getOPT()).isNull();
        assertThat(plain.getRcode()).isEqualTo(Rcode.SERVFAIL);
    }

    private Message written(Query query, Reply reply) throws Exception {
        ByteBuf out = Unpooled.buffer();
        assertThat(runner(ignored -> reply).write(query, reply, out)).isTrue();
        return new Message(ByteBufUtil.getBytes(out));
    }
}
