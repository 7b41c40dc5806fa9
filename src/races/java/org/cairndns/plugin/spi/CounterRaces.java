package org.cairndns.plugin.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZJ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/** Counts that every query adds to and that are read meanwhile. */
public final class CounterRaces {
    private CounterRaces() {}

    /** Counters that grow while they are read. */
    @JCStressTest
    @Outcome(id = "true, 8", expect = ACCEPTABLE, desc = "never less than before, and all in the end")
    @Outcome(expect = FORBIDDEN, desc = "back in time, or lost")
    @State
    public static class Sums {
        private static final int SERIES = 8;

        private final ThreadCounters counters = new ThreadCounters(1);

        private long sum() {
            long sum = 0;
            for (int series = 0; series < SERIES; series++) {
                sum += counters.sums(series)[0];
            }
            return sum;
        }

        @Actor
        public void count() {
            ThreadCounters.Shard mine = counters.mine();
            for (int series = 0; series < SERIES; series++) {
                mine.add(mine.counters(series), 0, 1);
            }
        }

        @Actor
        public void read(ZJ_Result result) {
            long before = sum();
            result.r1 = sum() >= before;
        }

        @Arbiter
        public void end(ZJ_Result result) {
            result.r2 = sum();
        }
    }

    /** Two threads count the first queries of a server. */
    @JCStressTest
    @Outcome(id = "true", expect = ACCEPTABLE, desc = "in the same place")
    @Outcome(id = "false", expect = FORBIDDEN, desc = "each in one of its own, of which one is lost")
    @State
    public static class First {
        private final PerServer<Object> servers = new PerServer<>(server -> new Object());
        private Object one = this;
        private Object other = this;

        @Actor
        public void one() {
            one = servers.of("dns://:53");
        }

        @Actor
        public void other() {
            other = servers.of("dns://:53");
        }

        @Arbiter
        public void compare(Z_Result result) {
            result.r1 = one == other;
        }
    }
}
