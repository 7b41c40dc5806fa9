package org.cairndns.plugin.cache;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.net.InetSocketAddress;
import org.cairndns.plugin.testing.FakeServer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What all event loops have of a cache. */
public final class CacheRaces {
    private static final TestEntries.Stored STORED =
            TestEntries.of(CacheCounters.of(new FakeServer().meters(), "dns://:53", "."), "a.example.", 40, false);

    private CacheRaces() {}

    private static CachedResponse entry() {
        CachedResponse stored = STORED.entry();
        return new CachedResponse(stored.response(true), stored.origin(), stored.ttlSeconds(), 0);
    }

    /** An entry is stored while it is removed, and while another one takes its place. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "gone")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "stored")
    @Outcome(expect = FORBIDDEN, desc = "octets are taken of what is not there, or the other way round")
    @State
    public static class Stored {
        private final OctetBudget budget = new OctetBudget(1 << 20);
        private final ResponseTable table = new ResponseTable(1024, budget);
        private final CachedResponse first = entry();
        private final CachedResponse second = entry();

        private void put(CachedResponse entry, int octets) {
            budget.take(octets);
            table.put(STORED.key(), entry, octets, 0);
        }

        @Actor
        public void put() {
            put(first, 100);
            put(second, 250);
        }

        @Actor
        public void replace() {
            put(entry(), 1000);
            table.remove(STORED.key());
        }

        @Arbiter
        public void count(II_Result result) {
            result.r1 = (int) (budget.taken() - table.octets());
            result.r2 = table.get(STORED.key()) == null ? (int) table.count() : 1;
        }
    }

    /** Two clients hit an entry that is to be refreshed. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "one refreshes")
    @Outcome(expect = FORBIDDEN, desc = "both, or nobody")
    @State
    public static class Refreshed {
        private final CachedResponse entry = entry();

        @Actor
        public void one(ZZ_Result result) {
            result.r1 = entry.beginRefresh(1);
        }

        @Actor
        public void other(ZZ_Result result) {
            result.r2 = entry.beginRefresh(1);
        }
    }

    /** Two clients want the last place for queries that wait. */
    @JCStressTest
    @Outcome(
            id = {"true, false, 1", "false, true, 1"},
            expect = ACCEPTABLE,
            desc = "one has it")
    @Outcome(id = "false, false, 0", expect = ACCEPTABLE, desc = "each saw the other come")
    @Outcome(expect = FORBIDDEN, desc = "more places than there are")
    @State
    public static class Places {
        private final WaitingPlaces shares = new WaitingPlaces(1, 4711);
        private final int one = shares.of(new InetSocketAddress("10.0.0.1", 1));
        private final int other = shares.of(new InetSocketAddress("10.0.0.2", 1));

        @Actor
        public void one(ZZI_Result result) {
            result.r1 = shares.take(one, 1);
        }

        @Actor
        public void other(ZZI_Result result) {
            result.r2 = shares.take(other, 1);
        }

        @Arbiter
        public void count(ZZI_Result result) {
            result.r3 = shares.taken();
        }
    }
}
