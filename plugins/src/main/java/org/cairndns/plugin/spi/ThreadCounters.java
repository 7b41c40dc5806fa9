package org.cairndns.plugin.spi;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counters of numbered series, kept once per thread and summed when read.
 *
 * <p>A shard belongs to one thread, which alone writes it; readers see each slot as of some moment not long ago. Shards
 * stay when their thread ends, because their counts must. Threads beyond {@link #MAX_SHARDS}, and virtual threads, share
 * one more shard, which they write atomically.
 */
public final class ThreadCounters {
    static final int MAX_SHARDS = 64;

    private static final long[] NONE = new long[0];
    private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

    private final int slots;
    private final Shard common = new Shard(false);
    private final List<Shard> shards = new CopyOnWriteArrayList<>(List.of(common));
    private final ThreadLocal<Shard> own = ThreadLocal.withInitial(this::open);

    /**
     * Counters that are all zero.
     *
     * @param slots counters of one series
     */
    public ThreadCounters(int slots) {
        this.slots = slots;
    }

    /** The calling thread's shard; not to be handed to another thread. */
    public Shard mine() {
        return own.get();
    }

    /** Sums of all threads for a series. */
    public long[] sums(int series) {
        long[] sums = new long[slots];
        for (Shard shard : shards) {
            shard.addTo(sums, series);
        }
        return sums;
    }

    private synchronized Shard open() {
        if (Thread.currentThread().isVirtual() || shards.size() > MAX_SHARDS) {
            return common;
        }
        Shard shard = new Shard(true);
        shards.add(shard);
        return shard;
    }

    /** Counters of one thread, or of all that have none of their own. */
    public final class Shard {
        private final boolean exclusive;

        /** By series, {@link #NONE} for those that this shard has not seen; replaced as a whole when it grows. */
        private volatile long[][] bySeries = new long[0][];

        private Shard(boolean exclusive) {
            this.exclusive = exclusive;
        }

        /** The counters of a series, to be changed by {@link #add} only. */
        public long[] counters(int series) {
            long[] counters = find(series);
            return counters.length > 0 ? counters : grow(series);
        }

        private long[] find(int series) {
            long[][] known = bySeries;
            return series < known.length ? known[series] : NONE;
        }

        /** Adds to one of the {@link #counters}. */
        public void add(long[] counters, int slot, long amount) {
            if (exclusive) {
                SLOTS.setOpaque(counters, slot, counters[slot] + amount);
            } else {
                SLOTS.getAndAdd(counters, slot, amount);
            }
        }

        private synchronized long[] grow(int series) {
            long[] known = find(series);
            if (known.length > 0) {
                return known;
            }
            int before = bySeries.length;
            long[][] grown = Arrays.copyOf(bySeries, Math.max(before, series + 1));
            Arrays.fill(grown, before, grown.length, NONE);
            grown[series] = new long[slots];
            bySeries = grown;
            return grown[series];
        }

        private void addTo(long[] sums, int series) {
            long[] counters = find(series);
            for (int slot = 0; slot < counters.length; slot++) {
                sums[slot] += (long) SLOTS.getOpaque(counters, slot);
            }
        }
    }
}
