package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.cairndns.kubernetes.source.ManifestTesting.service;
import static org.cairndns.kubernetes.source.ManifestTesting.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.testing.ClusterModel;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A {@link ManifestSource} with folders that are mounted, linked, replaced, large or without events. */
class ManifestFolderTest {
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    Path temporary;

    private final ClusterModel model = new ClusterModel();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private Path folder;
    private ManifestSource source;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.resolve("manifests"));
    }

    @AfterEach
    void closeSource() {
        source.close();
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void mountedConfigMap_isReadOnceAndFollowed() throws Exception {
        write(folder.resolve("..2026_01/cluster.yaml"), service("one", "10.0.0.1"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(folder.resolve("cluster.yaml"), Path.of("..data/cluster.yaml"));
        start(folder);
        assertThat(model.puts(ObjectKind.SERVICE)).isEqualTo(1);

        write(folder.resolve("..2026_02/cluster.yaml"), service("two", "10.0.0.1"));
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_02"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.REPLACE_EXISTING);

        Await.until("the new version", () -> exists("two") && !exists("one"));
        assertThat(model.sweptAway(ObjectKind.SERVICE)).isEqualTo(1);
    }

    @Test
    void folderItselfALink_turnedRound_isFollowed() throws Exception {
        write(temporary.resolve("commit-1/a.yaml"), service("one", "10.0.0.1"));
        write(temporary.resolve("commit-2/a.yaml"), service("two", "10.0.0.2"));
        Path current = Files.createSymbolicLink(temporary.resolve("current"), Path.of("commit-1"));
        start(current);

        Path next = Files.createSymbolicLink(temporary.resolve("next"), Path.of("commit-2"));
        Files.move(next, current, StandardCopyOption.REPLACE_EXISTING);
        Await.until("the new commit", () -> exists("two") && !exists("one"));

        write(temporary.resolve("commit-2/b.yaml"), service("three", "10.0.0.3"));
        Await.until("the new folder is watched", () -> exists("three"));
    }

    @Test
    void linksInCircles_andToOneFile_areReadOnce() throws Exception {
        write(folder.resolve("below/a.yaml"), service("one", "10.0.0.1"));
        Files.createSymbolicLink(folder.resolve("below/up"), Path.of(".."));
        Files.createSymbolicLink(folder.resolve("self"), Path.of("."));
        Files.createSymbolicLink(folder.resolve("z-again.yaml"), Path.of("below/a.yaml"));
        Files.createSymbolicLink(folder.resolve("nowhere.yaml"), Path.of("not-there.yaml"));
        start(folder);

        assertThat(FolderScan.of(folder).files()).containsOnlyKeys(folder.resolve("below/a.yaml"));
        assertThat(exists("one")).isTrue();
        assertThat(problems).isEmpty();
    }

    @Test
    void folderGone_keepsWhatWasThereUntilItIsBack() throws Exception {
        write(folder.resolve("a.yaml"), service("one", "10.0.0.1"));
        start(folder);
        Files.move(folder, temporary.resolve("away"));
        Await.until("told once", () -> problems.size() == 1);
        assertThat(exists("one")).isTrue();
        assertThat(problems.getFirst()).startsWith(folder + ": can't be read, going on with what was there");

        write(temporary.resolve("back/a.yaml"), service("two", "10.0.0.2"));
        Files.move(temporary.resolve("back"), folder);
        Await.until("back", () -> exists("two") && !exists("one"));
        write(folder.resolve("b.yaml"), service("three", "10.0.0.3"));
        Await.until("followed again", () -> exists("three"));
        assertThat(problems).hasSize(1);
    }

    @Test
    void folderWithoutEvents_isLookedThroughNowAndThen() throws Exception {
        write(folder.resolve("a.yaml"), service("one", "10.0.0.1"));
        start(folder, FolderWatch.withoutEvents(folder, new FolderWatch.Pauses(LONG, Duration.ofMillis(5))));
        write(folder.resolve("b/b.yaml"), service("two", "10.0.0.2"));
        Await.until("added", () -> exists("two"));

        write(folder.resolve("a.yaml"), service("three", "10.0.0.33"));
        Await.until("changed", () -> exists("three") && !exists("one"));
        Files.delete(folder.resolve("a.yaml"));
        Await.until("deleted", () -> !exists("three"));
    }

    @Test
    void tenThousandServices_areThereInSeconds() throws Exception {
        for (int file = 0; file < 100; file++) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                text.append(service("s" + (file * 100 + i), "10.0." + file + "." + i))
                        .append("---\n");
            }
            write(folder.resolve("team-" + file + "/services.yaml"), text.toString());
        }
        long startNanos = System.nanoTime();
        start(folder);
        Duration taken = Duration.ofNanos(System.nanoTime() - startNanos);

        System.out.println("10,000 services in 100 files read in " + taken.toMillis() + " ms");
        assertThat(model.count(ObjectKind.SERVICE)).isEqualTo(10_000);
        assertThat(taken).isLessThan(Await.LONG);
    }

    private void start(Path of) {
        start(of, FolderWatch.open(of, new FolderWatch.Pauses(LONG, LONG)));
    }

    private void start(Path of, FolderWatch watch) {
        source = new ManifestSource(of, watch, problems::add);
        source.start(model);
        Await.until("synced", () -> model.synced(ObjectKind.POD));
    }

    private boolean exists(String service) {
        return model.service("shop", service).isPresent();
    }
}
