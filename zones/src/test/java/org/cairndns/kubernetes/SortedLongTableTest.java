package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The table against a {@link TreeMap}, through growth, decay and everything in between. */
class SortedLongTableTest {
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final SortedLongTable<String> table = new SortedLongTable<>();
    private final TreeMap<Long, String> model = new TreeMap<>(Long::compareUnsigned);

    @Test
    void changes_atRandom_leaveWhatAMapHas() {
        System.out.println("SortedLongTableTest seed " + seed);
        for (int wave = 0; wave < 6; wave++) {
            // Waves that grow the table over many chunks, then shrink it to few keys.
            boolean grows = wave % 2 == 0;
            for (int i = 0; i < 4000; i++) {
                change(random.nextInt(10) < (grows ? 8 : 1));
                if (i % 100 == 0) {
                    compare();
                }
            }
        }
        List.copyOf(model.keySet()).forEach(key -> {
            table.remove(key);
            model.remove(key);
        });
        compare();
        assertThat(table.size()).isZero();
        assertThat(table.anyBetween(0, -1L)).isFalse();
    }

    private void change(boolean put) {
        long key = put ? key() : removable();
        if (put) {
            String value = "v" + random.nextInt(1000);
            table.put(key, value);
            model.put(key, value);
        } else {
            table.remove(key);
            model.remove(key);
        }
    }

    /** Near others, or anywhere up to the largest unsigned number. */
    private long key() {
        return random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(3) << 62 | random.nextInt(5000);
    }

    private long removable() {
        Long near = model.ceilingKey(key());
        return near == null || random.nextInt(10) == 0 ? key() : near;
    }

    private void compare() {
        assertThat(table.size()).as("seed %d", seed).isEqualTo(model.size());
        model.forEach((key, value) ->
                assertThat(table.get(key)).as("seed %d, key %x", seed, key).isEqualTo(value));
        for (int i = 0; i < 50; i++) {
            long a = key();
            long b = key();
            long from = Long.compareUnsigned(a, b) <= 0 ? a : b;
            long to = from == a ? b : a;
            assertThat(table.get(a)).as("seed %d, key %x", seed, a).isEqualTo(model.get(a));
            assertThat(table.anyBetween(from, to))
                    .as("seed %d, %x to %x", seed, from, to)
                    .isEqualTo(!model.subMap(from, true, to, true).isEmpty());
        }
    }

    @Test
    void reader_whileOthersComeAndGo_alwaysSeesWhatStays()
            throws InterruptedException, ExecutionException, TimeoutException {
        List<Long> staying = new ArrayList<>();
        for (long key = 0; key < 100; key++) {
            staying.add(key * 1000);
            table.put(key * 1000, "stays");
        }
        AtomicBoolean stop = new AtomicBoolean();
        FutureTask<Integer> reader = new FutureTask<>(() -> {
            int missing = 0;
            while (!stop.get()) {
                for (long key : staying) {
                    missing += "stays".equals(table.get(key)) && table.anyBetween(key, key) ? 0 : 1;
                }
            }
            return missing;
        });
        Thread thread = Thread.ofPlatform().start(reader);
        for (int round = 0; round < 20; round++) {
            for (long key = 1; key < 100_000; key += 37) {
                table.put(key % 1000 == 0 ? key + 1 : key, "goes");
            }
            for (long key = 1; key < 100_000; key += 37) {
                table.remove(key % 1000 == 0 ? key + 1 : key);
            }
        }
        stop.set(true);

        assertThat(reader.get(10, TimeUnit.SECONDS)).isZero();
        thread.join();
        assertThat(table.size()).isEqualTo(staying.size());
    }

    @Test
    void fill_ascendingKeys_asIfPutOneByOne() {
        for (int count : new int[] {0, 1, 47, 48, 49, 96, 1000}) {
            long[] keys = new long[count];
            Object[] values = new Object[count];
            for (int i = 0; i < count; i++) {
                keys[i] = 7L * i - (i == 0 ? 0 : 1);
                values[i] = "v" + i;
            }
            SortedLongTable<Object> table = new SortedLongTable<>();

            table.fill(keys, values, count);

            assertThat(table.size()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                assertThat(table.get(keys[i])).isEqualTo(values[i]);
                assertThat(table.get(keys[i] + 1)).isNull();
            }
            table.put(3, "new");
            assertThat(table.get(3)).isEqualTo("new");
            table.remove(3);
            assertThat(table.size()).isEqualTo(count);
        }
    }
}
