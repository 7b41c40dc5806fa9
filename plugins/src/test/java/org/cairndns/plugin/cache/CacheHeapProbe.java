package org.cairndns.plugin.cache;

import java.util.Random;
import org.cairndns.plugin.testing.FakeServer;

/**
 * The program of {@link CacheHeapTest}: fills tables and weighs them.
 *
 * <p>It writes lines {@code NAME OCTETS}. Nothing else runs beside it, so the numbers of two runs are the same but for a few octets.
 */
final class CacheHeapProbe {
    private static final int ENTRIES = 10_000;
    private static final int NAMES = 1_000_000;
    private static final int MIN_OCTETS = 100;
    private static final int MAX_OCTETS = 4_000;
    private static final long BUDGET = 16 << 20;
    private static final long SEED = 4711;

    private final CacheCounters counters = CacheCounters.of(new FakeServer().meters(), "dns://:53", ".");
    private final CacheConfig config = TestEntries.config();

    public static void main(String[] arguments) {
        CacheHeapProbe probe = new CacheHeapProbe();
        probe.weigh("warmup", 40, false);
        probe.weigh("small", 40, false);
        probe.weigh("small-ad", 40, true);
        probe.weigh("large", 1_200, false);
        probe.flood();
    }

    private void weigh(String name, int octets, boolean authenticData) {
        long before = usedOctets();
        CacheTable table = new CacheTable(config, 1 << 30);
        for (int i = 0; i < ENTRIES; i++) {
            TestEntries.Stored stored = TestEntries.of(counters, "name" + i + ".example.com", octets, authenticData);
            table.put(stored.key(), stored.entry(), 0);
        }
        say(name + ".real", (usedOctets() - before) / ENTRIES);
        say(name + ".estimate", (long) table.successOctets() / ENTRIES);
    }

    /** Many more names than fit, of all sizes. */
    private void flood() {
        long before = usedOctets();
        CacheTable table = new CacheTable(config, BUDGET);
        Random random = new Random(SEED);
        double most = 0;
        for (int i = 0; i < NAMES; i++) {
            String name = Long.toHexString(random.nextLong()) + ".example.com";
            int octets = MIN_OCTETS + random.nextInt(MAX_OCTETS - MIN_OCTETS);
            TestEntries.Stored stored = TestEntries.of(counters, name, octets, false);
            table.put(stored.key(), stored.entry(), 0);
            most = Math.max(most, table.successOctets());
        }
        say("flood.real", usedOctets() - before);
        say("flood.estimate", (long) table.successOctets());
        say("flood.most", (long) most);
        say("flood.entries", (long) table.successCount());
    }

    private static long usedOctets() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void say(String name, long octets) {
        System.out.println(name + " " + octets);
    }
}
