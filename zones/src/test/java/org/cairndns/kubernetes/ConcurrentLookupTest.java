package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.wire.Query;
import org.cairndns.zone.LookupResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One writer, several readers: an answer is that of a state between the beginning and the end of its lookup. */
class ConcurrentLookupTest {
    private static final int READERS = 3;
    private static final int CHANGES = 20_000;
    private static final long MAX_SECONDS = 2;
    private static final long MAX_PAUSE_NANOS = 20_000;
    private static final int MOVES = 10_000;
    private static final long LIMIT_SECONDS = 60;

    /** Fixed seeds; 0 stands for one that is new each time. */
    @ParameterizedTest
    @ValueSource(longs = {1, 0})
    void lookup_whileItsServiceChanges_isNeverAMixtureNorOld(long fixedSeed) throws Exception {
        long seed = fixedSeed == 0 ? new Random().nextLong() : fixedSeed;
        System.out.println("ConcurrentLookupTest: seed " + seed);
        Run run = new Run(new Random(seed));
        run.prepare();
        run.replayWithReaders();
        System.out.println("ConcurrentLookupTest: " + run.asked + " lookups, of which " + run.met + " met one of "
                + run.done + " changes");
    }

    /** The same changes twice: alone, to know the answers after each of them, then with readers around. */
    private static final class Run {
        private static final ClusterZoneOptions OPTIONS = TestCluster.options(PodMode.VERIFIED, Set.of(), false, false);

        private final RandomCluster pools;
        private final List<Consumer<ClusterChanges>> changes = new ArrayList<>();
        private final List<Query> questions = new ArrayList<>();
        private final List<List<String>> answers = new ArrayList<>();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final AtomicLong asked = new AtomicLong();
        private final AtomicLong met = new AtomicLong();

        Run(Random random) {
            pools = RandomCluster.ofOneService(random);
            changes.addAll(pools.firstLists());
            IntStream.range(0, CHANGES).forEach(i -> changes.add(pools.change()));
            String name = "web.a.svc.cluster.local.";
            List.of("A", "AAAA", "SRV", "TXT").forEach(type -> questions.add(Answers.query(name, type)));
            questions.add(Answers.query("web-0." + name, "A"));
            questions.add(Answers.query("_http._tcp." + name, "SRV"));
        }

        void prepare() {
            TestCluster alone = new TestCluster();
            ClusterZone zone = alone.zone(OPTIONS);
            answers.add(answersNow(zone));
            for (Consumer<ClusterChanges> change : changes) {
                change.accept(alone.changes());
                answers.add(answersNow(zone));
            }
        }

        private List<String> answersNow(ClusterZone zone) {
            return questions.stream().map(query -> answer(zone, query).intern()).toList();
        }

        // Negative answers differ in the serial, which is not the point.
        private static String answer(ClusterZone zone, Query query) {
            LookupResult result = zone.lookup(query);
            return result instanceof LookupResult.Found found
                    ? Answers.octets(query, found.response())
                    : result.getClass().getSimpleName();
        }

        void replayWithReaders() throws Exception {
            TestCluster cluster = new TestCluster();
            ClusterZone zone = cluster.zone(OPTIONS);
            whileReading(() -> read(zone, ThreadLocalRandom.current()), () -> {
                long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
                for (int i = 0; i < changes.size() && System.nanoTime() - endNanos < 0; i++) {
                    begun.incrementAndGet();
                    changes.get(i).accept(cluster.changes());
                    done.incrementAndGet();
                    awaitQuestion();
                }
            });
        }

        // So that there are questions between the changes, where both have a processor.
        private void awaitQuestion() {
            long before = asked.get();
            long endNanos = System.nanoTime() + MAX_PAUSE_NANOS;
            while (asked.get() == before && System.nanoTime() - endNanos < 0) {
                Thread.onSpinWait();
            }
        }

        private void read(ClusterZone zone, Random random) {
            int number = random.nextInt(questions.size());
            int from = done.get();
            String answer = answer(zone, questions.get(number));
            int to = begun.get();
            asked.incrementAndGet();
            met.addAndGet(from == to ? 0 : 1);
            assertThat(answers.subList(from, to + 1).stream().map(state -> state.get(number)))
                    .as("%s, after %d to %d changes", questions.get(number).qname(), from, to)
                    .contains(answer);
        }
    }

    @Test
    void lookup_serviceFlipping_isOneOfBothStates() throws Exception {
        ClusterModel first = new ClusterModel();
        ClusterText.apply("""
                service a/web 10.0.0.1 http:80/tcp
                slice a/web-1 web http:81/tcp @10.0.1.1 @10.0.1.2
                """, first);
        ClusterModel second = new ClusterModel();
        ClusterText.apply("""
                headless a/web http:80/tcp
                slice a/web-1 web http:82/tcp @10.0.2.1 @10.0.2.2
                """, second);
        TestCluster cluster = TestCluster.of("namespace a");
        ClusterZone zone = cluster.zone(PodMode.DISABLED);
        Query query = Answers.query("_http._tcp.web.a.svc.cluster.local.", "SRV");
        Set<String> expected = new HashSet<>();
        List<Consumer<ClusterChanges>> changes = List.of(
                to -> to.put(second.slices().getFirst()),
                to -> to.put(second.services().getFirst()),
                to -> to.put(first.slices().getFirst()),
                to -> to.put(first.services().getFirst()));
        for (int i = 0; i < 2 * changes.size(); i++) {
            changes.get(i % changes.size()).accept(cluster.changes());
            expected.add(Run.answer(zone, query));
        }
        expected.remove("NameError");
        assertThat(expected).hasSize(3);
        AtomicInteger lookups = new AtomicInteger();
        whileReading(
                () -> {
                    assertThat(Run.answer(zone, query)).isIn(expected);
                    lookups.incrementAndGet();
                },
                () -> {
                    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(MAX_SECONDS);
                    for (int i = 0; System.nanoTime() - endNanos < 0; i++) {
                        changes.get(i % changes.size()).accept(cluster.changes());
                    }
                });
        assertThat(lookups.get()).isPositive();
    }

    @Test
    void reverseLookup_addressMoving_alwaysFindsAService() throws Exception {
        TestCluster cluster = TestCluster.of("""
                namespace a
                headless a/one http:80/tcp
                headless a/two http:80/tcp
                """);
        ClusterChanges changes = cluster.changes();
        // Services so large that a lookup takes about as long as a change.
        changes.put(slice("one", "10.1.", 4000));
        changes.put(slice("two", "10.2.", 4000));
        changes.put(slice("one", "10.0.", 1));
        ClusterZone zone = cluster.zone(PodMode.DISABLED);
        Query query = Answers.query("0.0.0.10.in-addr.arpa.", "PTR");
        whileReading(() -> assertThat(zone.lookup(query)).isInstanceOf(LookupResult.Found.class), () -> {
            for (int i = 0; i < MOVES; i++) {
                changes.put(slice("two", "10.0.", 1));
                changes.put(slice("one", "10.0.", 0));
                changes.put(slice("one", "10.0.", 1));
                changes.put(slice("two", "10.0.", 0));
            }
        });
    }

    /** Runs {@code write} once while other threads run {@code read} again and again; fails as one of them does. */
    private static void whileReading(Runnable read, Runnable write) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                running.add(readers.submit(() -> {
                    while (!over.get()) {
                        read.run();
                    }
                }));
            }
            try {
                write.run();
            } finally {
                over.set(true);
            }
            for (Future<?> reader : running) {
                reader.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private static SliceEntry slice(String service, String prefix, int endpoints) {
        List<EndpointEntry> entries = IntStream.range(0, endpoints)
                .mapToObj(i -> InetAddress.ofLiteral(prefix + (i >> 8) + "." + (i & 0xff)))
                .map(address -> new EndpointEntry(address, "", ""))
                .toList();
        return new SliceEntry("a", service + "-" + prefix, service, List.of(), entries, OptionalLong.empty());
    }
}
