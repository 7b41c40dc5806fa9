package org.cairndns.kubernetes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sorted map from unsigned 64-bit numbers to values, for one writer and any number of readers without locks.
 *
 * <p>The keys lie in chunks that never change. A change copies one chunk and puts the copy into its slot of the
 * directory; splitting or merging chunks makes a new directory. A reader sees each key as it was before or after a
 * change, and the keys of a range as they were at one moment if none is there. About 14 octets per key.
 */
final class SortedLongTable<V> {
    private static final int MAX_CHUNK = 64;

    /** Room for some more. */
    private static final int FILLED_CHUNK = 48;

    private record Chunk(long[] keys, Object[] values) {
        static final Chunk EMPTY = new Chunk(new long[0], new Object[0]);
    }

    /** Chunk {@code i} has the keys from {@code lowest[i]} on, in signed order of the flipped keys. */
    private record Directory(long[] lowest, Chunk[] chunks) {
        Chunk get(int index) {
            return (Chunk) ELEMENT.getAcquire(chunks, index);
        }

        void set(int index, Chunk chunk) {
            ELEMENT.setRelease(chunks, index, chunk);
        }
    }

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(Chunk[].class);

    private volatile Directory directory = new Directory(new long[] {Long.MIN_VALUE}, new Chunk[] {Chunk.EMPTY});
    private int size;

    /** Keys that came and went, each counted before the next one comes or goes; written by the writer only. */
    private volatile int turns;

    /** Number of keys; writer only. */
    int size() {
        return size;
    }

    /** The value of a key, null if there is none. */
    @Nullable
    V get(long key) {
        long flipped = key ^ Long.MIN_VALUE;
        Directory current = directory;
        Chunk chunk = current.get(chunkIndex(current, flipped));
        int at = Arrays.binarySearch(chunk.keys, flipped);
        return at >= 0 ? value(chunk, at) : null;
    }

    /** True if there is a key from {@code from} to {@code to}, both included. */
    boolean anyBetween(long from, long to) {
        long first = from ^ Long.MIN_VALUE;
        long last = to ^ Long.MIN_VALUE;
        while (true) {
            int before = turns;
            if (anyBetweenFlipped(first, last)) {
                return true;
            }
            // A key may have come to a chunk that was looked at, and another one gone from one that was yet to be.
            if (turns == before) {
                return false;
            }
        }
    }

    private boolean anyBetweenFlipped(long first, long last) {
        Directory current = directory;
        for (int i = chunkIndex(current, first); i < current.lowest.length && current.lowest[i] <= last; i++) {
            long[] keys = current.get(i).keys;
            int at = Arrays.binarySearch(keys, first);
            int next = at >= 0 ? at : -at - 1;
            if (next < keys.length) {
                return keys[next] <= last;
            }
        }
        return false;
    }

    /** Sets the value of a key; writer only. */
    void put(long key, V value) {
        long flipped = key ^ Long.MIN_VALUE;
        int index = chunkIndex(directory, flipped);
        Chunk chunk = directory.get(index);
        int at = Arrays.binarySearch(chunk.keys, flipped);
        if (at >= 0) {
            Object[] values = chunk.values.clone();
            values[at] = value;
            directory.set(index, new Chunk(chunk.keys, values));
            return;
        }
        size++;
        if (chunk.keys.length < MAX_CHUNK) {
            directory.set(index, inserted(chunk, -at - 1, flipped, value));
        } else {
            split(index, chunk);
            put(index, -at - 1, flipped, value);
        }
        turned();
    }

    private void turned() {
        int turn = turns + 1;
        turns = turn;
    }

    /** Sets the values of ascending keys in an empty table; writer only. */
    void fill(long[] keys, Object[] values, int count) {
        if (size != 0) {
            throw new IllegalStateException("there are keys already");
        }
        int chunks = Math.max(1, (count + FILLED_CHUNK - 1) / FILLED_CHUNK);
        long[] lowest = new long[chunks];
        Chunk[] all = new Chunk[chunks];
        for (int i = 0; i < chunks; i++) {
            int from = i * FILLED_CHUNK;
            int to = Math.min(count, from + FILLED_CHUNK);
            long[] flipped = Arrays.copyOfRange(keys, from, to);
            for (int k = 0; k < flipped.length; k++) {
                flipped[k] ^= Long.MIN_VALUE;
            }
            all[i] = new Chunk(flipped, Arrays.copyOfRange(values, from, to));
            lowest[i] = i == 0 ? Long.MIN_VALUE : flipped[0];
        }
        size = count;
        directory = new Directory(lowest, all);
    }

    // Into one of the halves of a chunk in which the key was to come at a place.
    private void put(int index, int at, long flipped, V value) {
        Chunk first = directory.get(index);
        int half = first.keys.length;
        if (at <= half) {
            directory.set(index, inserted(first, at, flipped, value));
        } else {
            directory.set(index + 1, inserted(directory.get(index + 1), at - half, flipped, value));
        }
    }

    /** Removes a key that may be there; writer only. */
    void remove(long key) {
        long flipped = key ^ Long.MIN_VALUE;
        int index = chunkIndex(directory, flipped);
        Chunk chunk = directory.get(index);
        int at = Arrays.binarySearch(chunk.keys, flipped);
        if (at < 0) {
            return;
        }
        size--;
        Chunk smaller = part(chunk, 0, at, at + 1, chunk.keys.length);
        directory.set(index, smaller);
        mergeWithNeighbour(index, smaller);
        turned();
    }

    @SuppressWarnings("unchecked") // only put stores values
    private V value(Chunk chunk, int at) {
        return (V) chunk.values[at];
    }

    private static int chunkIndex(Directory directory, long flipped) {
        int at = Arrays.binarySearch(directory.lowest, flipped);
        return at >= 0 ? at : -at - 2;
    }

    private static Chunk inserted(Chunk chunk, int at, long key, Object value) {
        int length = chunk.keys.length;
        long[] keys = Arrays.copyOf(chunk.keys, length + 1);
        Object[] values = Arrays.copyOf(chunk.values, length + 1);
        System.arraycopy(chunk.keys, at, keys, at + 1, length - at);
        System.arraycopy(chunk.values, at, values, at + 1, length - at);
        keys[at] = key;
        values[at] = value;
        return new Chunk(keys, values);
    }

    /** The chunk's entries from {@code a} to {@code b} and from {@code c} to {@code d}. */
    private static Chunk part(Chunk chunk, int a, int b, int c, int d) {
        return joined(chunk, a, b, chunk, c, d);
    }

    private static Chunk joined(Chunk left, int a, int b, Chunk right, int c, int d) {
        long[] keys = Arrays.copyOfRange(left.keys, a, a + (b - a) + (d - c));
        Object[] values = Arrays.copyOfRange(left.values, a, a + (b - a) + (d - c));
        System.arraycopy(right.keys, c, keys, b - a, d - c);
        System.arraycopy(right.values, c, values, b - a, d - c);
        return new Chunk(keys, values);
    }

    private void split(int index, Chunk chunk) {
        int length = chunk.keys.length;
        int half = length / 2;
        replace(index, index + 1, part(chunk, 0, half, half, half), part(chunk, half, length, length, length));
    }

    private void mergeWithNeighbour(int index, Chunk chunk) {
        int left = index > 0 ? index - 1 : index;
        if (left + 1 >= directory.lowest.length) {
            return;
        }
        Chunk first = left == index ? chunk : directory.get(left);
        Chunk second = left == index ? directory.get(left + 1) : chunk;
        if (first.keys.length + second.keys.length <= MAX_CHUNK / 2) {
            replace(left, left + 2, joined(first, 0, first.keys.length, second, 0, second.keys.length));
        }
    }

    /** Publishes a directory with these chunks in place of those from {@code from} to {@code to}. */
    private void replace(int from, int to, Chunk... chunks) {
        Directory old = directory;
        int count = old.lowest.length - (to - from) + chunks.length;
        long[] lowest = Arrays.copyOf(old.lowest, count);
        Chunk[] all = Arrays.copyOf(old.chunks, count);
        System.arraycopy(old.lowest, to, lowest, from + chunks.length, old.lowest.length - to);
        System.arraycopy(old.chunks, to, all, from + chunks.length, old.lowest.length - to);
        for (int i = 0; i < chunks.length; i++) {
            all[from + i] = chunks[i];
            // The keys below those of the first chunk are still looked for there.
            lowest[from + i] = i == 0 ? old.lowest[from] : chunks[i].keys[0];
        }
        directory = new Directory(lowest, all);
    }
}
