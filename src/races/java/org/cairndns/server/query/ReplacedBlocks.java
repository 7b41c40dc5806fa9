package org.cairndns.server.query;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A reload while a query is answered: what the event loop keeps of the answer must not outlive the blocks that gave it. */
@JCStressTest
@Outcome(
        id = {"over", "new"},
        expect = ACCEPTABLE,
        desc = "answered anew, or as the new blocks do")
@Outcome(expect = FORBIDDEN, desc = "the answer of blocks that are gone is sent again")
@State
public class ReplacedBlocks {
    private static final Query QUERY = Queries.of("a.example.", "A");
    private static final Reply OLD = new Reply.Answered(Response.bare(Rcode.NOERROR));
    private static final Reply NEW = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));
    private static final CoreMetrics NO_METRICS = new CoreMetrics() {
        @Override
        public void dropped(Query query, int rcode) {}

        @Override
        public void httpsResponded(String server, int status) {}

        @Override
        public void panicked() {}
    };

    private final QueryRunner runner = new QueryRunner(blocks(OLD), NO_METRICS);
    private final ServerBlockTable next = blocks(NEW);
    private Repetition repetition = Repetition.NEVER;
    private Reply reply = OLD;

    private static ServerBlockTable blocks(Reply reply) {
        Handler handler = new Handler() {
            @Override
            public Reply handle(Query query) {
                return reply;
            }

            @Override
            public Repetition repetition(Query query) {
                return Repetition.ALWAYS;
            }
        };
        return new ServerBlockTable(
                List.of(new ServerBlockTable.Entry(DomainName.ROOT, Optional.of(handler), false)), false);
    }

    @Actor
    public void reload() {
        runner.replace(next);
    }

    @Actor
    public void answer() {
        repetition = runner.repetition(QUERY);
        reply = runner.run(QUERY);
    }

    @Arbiter
    public void repeat(L_Result result) {
        String answer = reply == NEW ? "new" : "old";
        result.r1 = repetition.again(0, 0) == Repetition.OVER ? "over" : answer;
    }
}
