package org.cairndns.server;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.HashSet;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** What a process has once, whoever asks for it. */
public final class SharedRaces {
    private SharedRaces() {}

    /** A configuration takes over what another one, the last that has it, gives back. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "open")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "taken over and closed")
    @State
    public static class Resource {
        private static final class Socket implements AutoCloseable {
            private volatile boolean closed;

            @Override
            public void close() {
                closed = true;
            }
        }

        private final SharedResources resources = new SharedResources();
        private final Set<Object> before = new HashSet<>();
        private final Set<Object> after = new HashSet<>();
        private Socket taken = new Socket();

        public Resource() {
            resources.get("key", Socket::new, before);
        }

        @Actor
        public void release() {
            resources.release(before);
        }

        @Actor
        public void take() {
            taken = resources.get("key", Socket::new, after);
        }

        @Arbiter
        public void use(Z_Result result) {
            result.r1 = !taken.closed;
        }
    }

    /** Two threads want the last line of a part's budget. */
    @JCStressTest
    @Outcome(
            id = {"0, -1", "-1, 0"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class Line {
        private final LineBudget budget = new LineBudget(() -> 0);

        public Line() {
            for (int line = 1; line < LineBudget.BURST; line++) {
                budget.take("forward");
            }
        }

        @Actor
        public void one(JJ_Result result) {
            result.r1 = budget.take("forward");
        }

        @Actor
        public void other(JJ_Result result) {
            result.r2 = budget.take("forward");
        }
    }
}
