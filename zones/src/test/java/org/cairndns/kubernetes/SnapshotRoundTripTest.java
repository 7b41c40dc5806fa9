package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.cairndns.kubernetes.snapshot.SnapshotFile;
import org.cairndns.kubernetes.snapshot.SnapshotLimits;
import org.cairndns.kubernetes.snapshot.SnapshotOrigin;
import org.cairndns.kubernetes.snapshot.SnapshotReader;
import org.cairndns.kubernetes.snapshot.SnapshotResult;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.zone.LookupResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of an index that was written and read again, compared with those of the one that it was written from. */
class SnapshotRoundTripTest {
    private static final SnapshotOrigin ORIGIN = SnapshotOrigin.of("test", "all");
    private static final SnapshotLimits LIMITS = SnapshotLimits.of(1 << 26);
    private static final KeptFields ALL = new KeptFields(true, true, true, new KeptFields.PodLabels(true, Set.of()));
    private static final int CLUSTERS = 40;
    private static final int QUESTIONS = 250;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 0})
    void read_ofRandomCluster_answersAsBefore(long fixedSeed) throws IOException {
        long seed = fixedSeed == 0 ? new Random().nextLong() : fixedSeed;
        System.out.println("SnapshotRoundTripTest: seed " + seed);
        for (int number = 0; number < CLUSTERS; number++) {
            compare(new Random(31 * seed + number), number % 4 == 0, "seed " + seed + ", cluster " + number);
        }
    }

    private void compare(Random random, boolean large, String label) throws IOException {
        RandomCluster changes = large ? RandomCluster.large(random) : RandomCluster.small(random);
        boolean podNames = random.nextBoolean();
        ClusterZoneOptions options = TestCluster.options(PodMode.VERIFIED, Set.of(), random.nextBoolean(), podNames);
        TestCluster before = new TestCluster(podNames, ProgrammingListener.NONE);
        ClusterModel model = new ClusterModel();
        changes.firstLists().forEach(change -> {
            change.accept(model);
            change.accept(before.changes());
        });
        TestCluster after = new TestCluster(podNames, ProgrammingListener.NONE);

        assertThat(copy(before, after)).as(label).isInstanceOf(SnapshotResult.Restored.class);

        ClusterZone zoneBefore = before.zone(options);
        ClusterZone zoneAfter = after.zone(options);
        RandomQuestions questions = new RandomQuestions(random, changes, new ReferenceCluster(model, options));
        for (int i = 0; i < QUESTIONS; i++) {
            String name = questions.name();
            String type = questions.type(name);
            assertThat(Answers.ask(zoneAfter, name, type))
                    .as("%s, not read yet: %s %s", label, name, type)
                    .isEqualTo(whileStale(Answers.ask(zoneBefore, name, type)));
            assertThat(zoneAfter.validity(Answers.query(name, type)).isNever()).isTrue();
        }
        sync(after);
        for (int i = 0; i < QUESTIONS; i++) {
            String name = questions.name();
            String type = questions.type(name);
            assertThat(Answers.ask(zoneAfter, name, type))
                    .as("%s: %s %s", label, name, type)
                    .isEqualTo(Answers.ask(zoneBefore, name, type));
        }
        for (ObjectKind kind : ObjectKind.values()) {
            assertThat(after.index().count(kind))
                    .as(label + " " + kind)
                    .isEqualTo(before.index().count(kind));
        }
    }

    /** The same answer with the TTL of a stale one; in the place of a denial the word that nobody knows. */
    private static List<String> whileStale(List<String> answer) {
        return answer.stream()
                .map(line ->
                        line.equals("NXDOMAIN") ? "SERVFAIL" : line.replaceFirst(" (30|28800) ([A-Z]+) ", " 5 $2 "))
                .toList();
    }

    /** As if every kind had been listed as it is. */
    private static void sync(TestCluster cluster) {
        for (ObjectKind kind : ObjectKind.values()) {
            cluster.index().syncState().listed(kind);
        }
    }

    private SnapshotResult copy(TestCluster from, TestCluster to) throws IOException {
        SnapshotFile file = new SnapshotFile(folder.resolve("cluster.snapshot"));
        IndexCopy copy = new IndexCopy(from.index(), Runnable::run);
        file.write(ORIGIN, Instant.ofEpochSecond(TestCluster.START_SECONDS), copy::putTo);
        IndexRestore restore = new IndexRestore(to.index());
        SnapshotResult result = file.read(new SnapshotReader(ORIGIN, LIMITS), restore.objects());
        restore.done();
        return result;
    }

    @Test
    void lookup_fromSnapshot_tellsClientsThatUnderstand() throws IOException {
        TestCluster before = TestCluster.of("""
                namespace a
                service a/web 10.0.0.1 http:80/tcp
                external a/alias www.example.com
                pod a/client 10.1.0.1
                """);
        TestCluster after = new TestCluster();
        copy(before, after);
        ClusterZone zone = after.zone(PodMode.VERIFIED);

        assertThat(options(zone, "web.a.svc.cluster.local", "A")).isEqualTo(error(EdnsOptions.STALE_ANSWER));
        assertThat(options(zone, "web.a.svc.cluster.local", "AAAA")).isEqualTo(error(EdnsOptions.STALE_ANSWER));
        assertThat(options(zone, "nope.a.svc.cluster.local", "A")).isEqualTo(error(EdnsOptions.NOT_READY));
        assertThat(Answers.lookup(zone, "alias.a.svc.cluster.local", "A"))
                .isEqualTo(new LookupResult.Alias(DomainName.of("www.example.com"), 5, true));
        assertThat(options(zone, "10-1-0-1.a.pod.cluster.local", "A")).isEqualTo(error(EdnsOptions.STALE_ANSWER));
        // Who asks is another matter: the address may be another pod's by now.
        assertThat(after.index().podAt(InetAddress.ofLiteral("10.1.0.1"))).isEmpty();
        assertThat(after.index().namespaceAt(InetAddress.ofLiteral("10.1.0.1"))).isEmpty();

        sync(after);

        assertThat(options(zone, "web.a.svc.cluster.local", "A")).isEmpty();
        assertThat(options(zone, "nope.a.svc.cluster.local", "A")).isEmpty();
        assertThat(after.index().podAt(InetAddress.ofLiteral("10.1.0.1"))).isPresent();
    }

    @Test
    void lists_afterTheSnapshot_sweepWhatIsGoneKindByKind() throws IOException {
        TestCluster before = TestCluster.of("""
                namespace a
                service a/web 10.0.0.1 http:80/tcp
                service a/gone 10.0.0.2 http:80/tcp
                headless a/db http:80/tcp
                slice a/db-1 db http:80/tcp @10.1.0.1
                """);
        TestCluster after = new TestCluster();
        copy(before, after);
        ClusterZone zone = after.zone(PodMode.DISABLED);

        ClusterChanges changes = after.changes();
        changes.listStarted(ObjectKind.SERVICE);
        ClusterText.apply("service a/web 10.0.0.9 http:80/tcp\nheadless a/db http:80/tcp", changes);
        changes.listFinished(ObjectKind.SERVICE);

        assertThat(Answers.ask(zone, "web.a.svc.cluster.local", "A")).contains("web.a.svc.cluster.local. 5 A 10.0.0.9");
        assertThat(Answers.ask(zone, "gone.a.svc.cluster.local", "A")).containsExactly("SERVFAIL");
        assertThat(Answers.ask(zone, "db.a.svc.cluster.local", "A")).contains("db.a.svc.cluster.local. 5 A 10.1.0.1");
        assertThat(Answers.ask(zone, "2.0.0.10.in-addr.arpa", "PTR")).containsExactly("SERVFAIL");

        ClusterText.list("namespace a\nservice a/web 10.0.0.9 http:80/tcp", changes);

        assertThat(Answers.ask(zone, "web.a.svc.cluster.local", "A"))
                .contains("web.a.svc.cluster.local. 30 A 10.0.0.9");
        assertThat(Answers.ask(zone, "db.a.svc.cluster.local", "A")).containsExactly("NXDOMAIN");
    }

    @Test
    void abandon_afterObjectsWerePut_leavesNothing() throws IOException {
        TestCluster before = TestCluster.of("namespace a\nservice a/web 10.0.0.1 http:80/tcp\npod a/p 10.1.0.1");
        TestCluster after = new TestCluster();
        IndexRestore restore = new IndexRestore(after.index());
        new IndexCopy(before.index(), Runnable::run).putTo(restore.objects());

        restore.abandon();

        assertThat(content(after)).isEmpty();
        assertThat(after.index().isFromSnapshot()).isFalse();
        assertThat(after.index().isSynced()).isFalse();
        assertThat(Answers.ask(after.zone(PodMode.DISABLED), "web.a.svc.cluster.local", "A"))
                .containsExactly("SERVFAIL");
    }

    /** EDNS options of the response, one character an octet. */
    private static String options(ClusterZone zone, String name, String type) {
        return switch (Answers.lookup(zone, name, type)) {
            case LookupResult.Found found -> latin(found.response().ednsOptions());
            case LookupResult.NoData noData -> latin(noData.response().ednsOptions());
            case LookupResult.NameError error -> latin(error.response().ednsOptions());
            case LookupResult.Alias alias -> "alias";
            case LookupResult.NotInZone none -> "none";
        };
    }

    private static String error(int infoCode) {
        return latin(EdnsOptions.extendedError(infoCode));
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    @Test
    void read_ofAllKindsOfObjects_copiesAllThatIsKept() throws IOException {
        TestCluster before = new TestCluster(ALL, ProgrammingListener.NONE);
        ClusterText.list("""
                namespace a
                namespace empty
                service a/web 10.0.0.1 fd00::1 http:80/tcp :53/udp +192.0.2.1 +lb.example.com
                headless a/db sql:5432/tcp
                external a/alias www.example.com
                external a/literal 192.0.2.7
                import a/shared 10.0.9.9 http:80/tcp
                headless-import a/spread http:80/tcp
                slice a/db-1 db sql:5432/tcp @10.1.0.1=db-0=db-0=eu-1a @10.1.0.2=db-1=db-1=eu-1b
                slice a/db-2 db sql:5432/tcp @fd00::2=db-0=pod-x
                slice a/both db,spread@east.example sql:5432/tcp @10.1.0.3
                slice a/imported -,spread@west http:80/tcp @10.2.0.1=x
                slice gone/orphan db sql:5432/tcp @10.1.0.9
                pod a/db-0 10.1.0.1 fd00::2
                pod a/without
                """, before.changes());
        before.changes().put(new PodEntry("a", "labelled", List.of(), Map.of("app", "db", "empty", "")));
        TestCluster after = new TestCluster(ALL, ProgrammingListener.NONE);

        copy(before, after);

        assertThat(content(after)).containsExactlyInAnyOrderElementsOf(content(before));
        assertThat(content(before)).hasSize(16).anyMatch(line -> line.contains("labelled") && line.contains("app=db"));
    }

    /** Each object as text. */
    private static List<String> content(TestCluster cluster) {
        List<String> lines = new ArrayList<>();
        new IndexCopy(cluster.index(), Runnable::run).putTo(new Lines(lines));
        return lines;
    }

    private record Lines(List<String> lines) implements ClusterObjects {
        @Override
        public void put(ServiceEntry service) {
            lines.add(service.toString());
        }

        @Override
        public void putImport(ServiceEntry imported) {
            lines.add("import " + imported);
        }

        @Override
        public void put(SliceEntry slice) {
            lines.add(slice.toString());
        }

        @Override
        public void put(PodEntry pod) {
            lines.add(new PodEntry(pod.namespace(), pod.name(), pod.addresses()) + " " + new TreeMap<>(pod.labels()));
        }

        @Override
        public void putNamespace(String name) {
            lines.add(name);
        }
    }
}
