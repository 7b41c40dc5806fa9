package org.cairndns.plugin.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;
import org.openjdk.jcstress.infra.results.IZ_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** A reply that is completed on one thread while another adds steps, listens, or completes it too. */
public final class PendingRaces {
    private static final Reply CAME = new Reply.Answered(Response.bare(Rcode.NOERROR));
    private static final Reply CHANGED = new Reply.Answered(Response.bare(Rcode.NXDOMAIN));

    private PendingRaces() {}

    private static final class Subject {
        private final Reply.Pending pending = new Reply.Pending();
        private final AtomicInteger told = new AtomicInteger();
        private final AtomicInteger steps = new AtomicInteger();
        private volatile Reply result = Reply.Dropped.INSTANCE;

        void listen() {
            pending.whenDone(this::tell);
        }

        void tell(Reply reply) {
            told.incrementAndGet();
            result = reply;
        }

        Reply step(Reply reply) {
            steps.incrementAndGet();
            return reply == CAME ? CHANGED : reply;
        }
    }

    /** Somebody listens. */
    @JCStressTest
    @Outcome(id = "1, true", expect = ACCEPTABLE, desc = "told once")
    @Outcome(expect = FORBIDDEN, desc = "told twice, or never")
    @State
    public static class Heard {
        private final Subject subject = new Subject();

        @Actor
        public void complete() {
            subject.pending.complete(CAME);
        }

        @Actor
        public void listen() {
            subject.listen();
        }

        @Arbiter
        public void end(IZ_Result result) {
            result.r1 = subject.told.get();
            result.r2 = subject.result == CAME;
        }
    }

    /** Somebody adds a step, and listens. */
    @JCStressTest
    @Outcome(id = "1, 1, true", expect = ACCEPTABLE, desc = "done once, then told once")
    @Outcome(expect = FORBIDDEN, desc = "done or told twice, or never, or without the step")
    @State
    public static class Stepped {
        private final Subject subject = new Subject();

        @Actor
        public void complete() {
            subject.pending.complete(CAME);
        }

        @Actor
        public void add() {
            Reply reply = subject.pending.then(subject::step);
            if (reply instanceof Reply.Pending later) {
                later.whenDone(subject::tell);
            } else {
                subject.tell(reply);
            }
        }

        @Arbiter
        public void end(IIZ_Result result) {
            result.r1 = subject.steps.get();
            result.r2 = subject.told.get();
            result.r3 = subject.result == CHANGED;
        }
    }

    /** Two complete it. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the first counts")
    @Outcome(expect = FORBIDDEN, desc = "told twice, or never")
    @State
    public static class Twice {
        private final Subject subject = new Subject();

        public Twice() {
            subject.listen();
        }

        @Actor
        public void one() {
            subject.pending.complete(CAME);
        }

        @Actor
        public void other() {
            subject.pending.complete(CHANGED);
        }

        @Arbiter
        public void end(I_Result result) {
            result.r1 = subject.told.get();
        }
    }
}
