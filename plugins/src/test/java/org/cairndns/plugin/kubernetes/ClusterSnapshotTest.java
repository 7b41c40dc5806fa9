package org.cairndns.plugin.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.cairndns.plugin.testing.Queries;
import org.cairndns.testing.Await;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

class ClusterSnapshotTest {
    private static final String WEB = "web.default.svc.cluster.local.";
    private static final String WRITES = "cairn_kubernetes_snapshot_writes_total";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private FakeServer server;
    private ApiServerDouble api;
    private Path file;

    @BeforeEach
    void startApi() throws IOException {
        server = new FakeServer(folder);
        api = ApiServerDouble.start(Files.createDirectory(folder.resolve("api")));
        file = folder.resolve("kept/cluster.snapshot");
        Files.createDirectory(folder.resolve("kept"));
        create("web", "10.96.1.10");
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void changes_thatHaveSettled_areWrittenOnce() throws Exception {
        FakeBlock block = synced(block());

        server.scheduler().advance(Duration.ofMillis(2_900));
        assertThat(file).doesNotExist();
        server.scheduler().advance(Duration.ofMillis(200));
        assertThat(file).exists();
        long octets = Files.size(file);
        assertThat(server.metrics("cairn_kubernetes_snapshot"))
                .containsExactly(
                        "cairn_kubernetes_snapshot_age_seconds{file=\"" + file + "\"} 0.0",
                        "cairn_kubernetes_snapshot_in_use{file=\"" + file + "\"} 0.0",
                        "cairn_kubernetes_snapshot_octets{file=\"" + file + "\"} " + (double) octets,
                        WRITES + "{outcome=\"success\"} 1.0");

        server.scheduler().advance(Duration.ofMinutes(10));
        assertThat(server.metrics(WRITES)).containsExactly(WRITES + "{outcome=\"success\"} 1.0");
        try (Stream<Path> left = Files.list(file.getParent())) {
            assertThat(left).containsExactly(file);
        }
        end(block);
    }

    @Test
    void changes_withoutEnd_areWrittenNowAndThen() throws Exception {
        FakeBlock block = synced(block());
        Handler chain = block.chain(query -> new Reply.Failed(Rcode.REFUSED, ""));

        for (int i = 0; i < 40; i++) {
            String name = "more-" + i;
            create(name, "10.96.2." + i);
            Await.until(
                    name,
                    () -> answer(chain, name + ".default.svc.cluster.local.").startsWith("NOERROR"));
            server.scheduler().advance(SECOND);
        }

        assertThat(writes()).isBetween(2, 3);
        end(block);
    }

    @Test
    void stop_changesThatAreNotWrittenYet_areWritten() throws Exception {
        end(synced(block()));
        api.kill();

        FakeBlock next = block().start();

        assertThat(answer(next, WEB)).isEqualTo("NOERROR 5 10.96.1.10");
        end(next);
    }

    @Test
    void start_apiAway_answersFromTheFileAndIsReady() throws Exception {
        end(synced(block()));
        api.kill();
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block().start();

            assertThat(block.isReady()).isTrue();
            assertThat(block.holds().getFirst().done()).isNotDone();
            server.scheduler().advance(Duration.ofMillis(200));
            assertThat(block.holds().getFirst().done()).isDone();
            assertThat(answer(block, WEB)).isEqualTo("NOERROR 5 10.96.1.10");
            assertThat(answer(block, "nope.default.svc.cluster.local.")).isEqualTo("SERVFAIL 5");
            server.scheduler().advance(SECOND);
            assertThat(server.metrics("snapshot_in_use"))
                    .containsExactlyInAnyOrder(
                            "cairn_condition{condition=\"snapshot_in_use\",subject=\"" + file + "\"} 1.0",
                            "cairn_kubernetes_snapshot_in_use{file=\"" + file + "\"} 1.0");
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("read 1 services, 0 endpoint slices from the snapshot"));
            assertThat(log.lines()).anyMatch(line -> line.contains("answers come from the snapshot " + file));

            api.restart();
            Await.until("read", () -> answer(block, WEB).equals("NOERROR 30 10.96.1.10"));
            assertThat(answer(block, "nope.default.svc.cluster.local.")).isEqualTo("NXDOMAIN 5");
            Await.until(
                    "said",
                    () -> log.lines().stream().anyMatch(line -> line.contains("do not come from the snapshot")));
            assertThat(server.metrics("snapshot_in_use")).allMatch(line -> line.endsWith(" 0.0"));
            end(block);
        }
    }

    @Test
    void start_apiThere_saysNothingOfTheSnapshotBeingInUse() throws Exception {
        end(synced(block()));
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = synced(block());
            server.scheduler().advance(Duration.ofMinutes(1));

            assertThat(log.lines()).noneMatch(line -> line.contains("answers"));
            assertThat(writes()).as("nothing has changed").isEqualTo(1);
            end(block);
        }
    }

    @Test
    void start_apiAwayAllTheTime_theFileStays() throws Exception {
        end(synced(block()));
        byte[] before = Files.readAllBytes(file);
        api.kill();

        FakeBlock block = block().start();
        server.scheduler().advance(Duration.ofMinutes(10));
        end(block);

        assertThat(file).hasBinaryContent(before);
        assertThat(writes()).isEqualTo(1);
    }

    @Test
    void start_damagedFile_isIgnoredWithALine() throws Exception {
        Files.writeString(file, "x".repeat(1000));
        api.kill();
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = block().start();

            assertThat(block.isReady()).isFalse();
            assertThat(answer(block, WEB)).isEqualTo("SERVFAIL 5");
            assertThat(log.lines())
                    .contains("WARNING plugin/kubernetes: the snapshot " + file + " is ignored: it is no snapshot");
            end(block);
        }
    }

    @Test
    void start_fileOfOtherOptionsOrOfAnotherCluster_isIgnored() throws Exception {
        end(synced(block()));
        api.kill();
        try (LogCapture log = new LogCapture()) {
            FakeBlock other =
                    block("labels app=web\n    snapshot kept/cluster.snapshot").start();
            assertThat(other.isReady()).isFalse();
            end(other);
            String config = Files.readString(api.kubeconfig()).replace("127.0.0.1", "127.0.0.2");
            Files.writeString(folder.resolve("api/kubeconfig"), config);
            FakeBlock elsewhere = block().start();
            assertThat(elsewhere.isReady()).isFalse();
            end(elsewhere);

            assertThat(log.lines())
                    .contains(
                            "WARNING plugin/kubernetes: the snapshot " + file
                                    + " is ignored: it was written under other options of 'kubernetes'",
                            "WARNING plugin/kubernetes: the snapshot " + file
                                    + " is ignored: it is of another cluster");
        }
    }

    @Test
    void write_folderMissing_isAConditionUntilItIsThere() throws Exception {
        Files.delete(file.getParent());
        try (LogCapture log = new LogCapture()) {
            FakeBlock block = synced(block());
            server.scheduler().advance(Duration.ofMinutes(1));

            assertThat(block.isReady()).isTrue();
            assertThat(server.metrics("cairn_condition"))
                    .containsExactly(
                            "cairn_condition{condition=\"snapshot_not_written\",subject=\"" + file + "\"} 1.0");
            assertThat(log.lines().stream().filter(line -> line.contains("can't write")))
                    .containsExactly("WARNING plugin/kubernetes: can't write the snapshot " + file
                            + ": its folder does not exist; it is tried again");

            Files.createDirectory(file.getParent());
            server.scheduler().advance(Duration.ofSeconds(20));

            assertThat(file).exists();
            assertThat(server.metrics("cairn_condition")).allMatch(line -> line.endsWith(" 0.0"));
            assertThat(log.lines()).contains("INFO plugin/kubernetes: the snapshot " + file + " is written again");
            end(block);
        }
    }

    @Test
    void reload_otherSourceWithTheSameFile_theNewOneHasIt() throws Exception {
        FakeBlock before = synced(block());
        server.scheduler().advance(Duration.ofSeconds(4));
        FakeBlock after = synced(block("labels app=web\n    snapshot kept/cluster.snapshot"));
        create("late", "10.96.1.77");
        Await.until(
                "seen by the old one",
                () -> answer(before, "late.default.svc.cluster.local.").startsWith("NOERROR"));
        server.scheduler().advance(Duration.ofSeconds(4));

        end(before);
        end(after);

        api.kill();
        FakeBlock next =
                block("labels app=web\n    snapshot kept/cluster.snapshot").start();
        assertThat(next.isReady()).as("a snapshot of the new options").isTrue();
        end(next);
    }

    @Test
    void setup_withManifests_isAProblem() {
        FakeBlock block =
                new FakeBlock(server, "cluster.local {\nkubernetes {\n    manifests .\n    snapshot f\n}\n}", plugin());

        assertThat(block.problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:4:5: 'manifests' and 'snapshot' exclude each other");
    }

    @Test
    void setup_withoutOrWithTooManyFiles_isAProblem() {
        assertThat(block("snapshot").problems()).hasSize(1);
        assertThat(block("snapshot a b").problems()).hasSize(1);
    }

    private int writes() {
        return server.metrics(WRITES).stream()
                .filter(line -> line.contains("success"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private FakeBlock block() {
        return block("snapshot kept/cluster.snapshot");
    }

    private FakeBlock block(String properties) {
        return new FakeBlock(
                server,
                "cluster.local {\nkubernetes {\n    kubeconfig api/kubeconfig\n    ttl 30\n    audit off\n    "
                        + properties + "\n}\n}",
                plugin());
    }

    private KubernetesPlugin plugin() {
        return new KubernetesPlugin(
                folder.resolve("account"), folder.resolve("resolv.conf"), InstantSource.system(), new Random(4711));
    }

    private static FakeBlock synced(FakeBlock block) throws Exception {
        assertThat(block.problems()).isEmpty();
        block.start();
        Handler chain = block.chain(query -> new Reply.Failed(Rcode.REFUSED, ""));
        Await.until(
                "read", () -> answer(chain, "nope.default.svc.cluster.local.").startsWith("NXDOMAIN"));
        return block;
    }

    private static void end(FakeBlock block) throws Exception {
        block.stop();
        block.closeShared();
    }

    private static String answer(FakeBlock block, String name) {
        return answer(block.chain(query -> new Reply.Failed(Rcode.REFUSED, "")), name);
    }

    /** RCODE, TTL, addresses. */
    private static String answer(Handler chain, String name) {
        Query query = Queries.of(name, "A");
        Message message = Queries.render(query, chain.handle(query));
        StringBuilder text = new StringBuilder(org.xbill.DNS.Rcode.string(message.getRcode()));
        List<Record> records = new ArrayList<>(message.getSection(Section.ANSWER));
        records.addAll(message.getSection(Section.AUTHORITY));
        text.append(' ').append(records.getFirst().getTTL());
        message.getSection(Section.ANSWER).forEach(record -> text.append(' ').append(record.rdataToString()));
        return text.toString();
    }

    private void create(String name, String ip) {
        api.create("/api/v1/namespaces/default/services", """
                {"metadata": {"name": "%s", "labels": {"app": "web"}}, "spec": {"clusterIP": "%s"}}""".formatted(name, ip));
    }
}
