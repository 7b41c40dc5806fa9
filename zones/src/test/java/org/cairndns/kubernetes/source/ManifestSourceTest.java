package org.cairndns.kubernetes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.cairndns.kubernetes.source.ManifestTesting.service;

import java.io.IOException;
import java.net.InetAddress;
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

class ManifestSourceTest {
    /** So long that only events can be behind what a test sees. */
    private static final FolderWatch.Pauses EVENTS_ONLY =
            new FolderWatch.Pauses(Duration.ofHours(1), Duration.ofHours(1));

    @TempDir
    Path temporary;

    private final ClusterModel model = new ClusterModel();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private Path folder;
    private ManifestSource source;

    @BeforeEach
    void makeSource() throws IOException {
        folder = Files.createDirectory(temporary.resolve("manifests"));
        source = new ManifestSource(folder, FolderWatch.open(folder, EVENTS_ONLY), problems::add);
    }

    @AfterEach
    void closeSource() {
        source.close();
        assertThat(model.violation()).isEmpty();
    }

    @Test
    void start_filesOfAllSorts_objectsOfAll() throws Exception {
        write("one.yaml", service("one", "10.0.0.1") + "---\n" + service("two", "10.0.0.2"));
        write("three.yml", service("three", "10.0.0.3"));
        write("apps/base/four.json", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "four", "namespace": "shop"}}
                """);
        write("README.md", service("five", "10.0.0.5"));
        write(".git/six.yaml", service("six", "10.0.0.6"));
        write(".hidden.yaml", service("seven", "10.0.0.7"));
        start();

        assertThat(model.count(ObjectKind.SERVICE)).isEqualTo(4);
        assertThat(List.of("one", "two", "three", "four")).allMatch(this::exists);
        assertThat(problems).isEmpty();
    }

    @Test
    void start_emptyFolder_everyKindIsListed() {
        start();
        assertThat(List.of(ObjectKind.values())).allMatch(kind -> model.listsFinished(kind) == 1);
    }

    @Test
    void start_namespaceOnlyInObjects_exists() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        write("b.yaml", "{apiVersion: v1, kind: Namespace, metadata: {name: explicit}}");
        start();

        assertThat(List.of("shop", "explicit")).allMatch(model::hasNamespace);
        assertThat(model.hasNamespace("default")).isFalse();
    }

    @Test
    void start_sameObjectTwice_lastFileCounts() throws Exception {
        write("b/overlay.yaml", service("one", "10.0.0.2"));
        write("a/base.yaml", service("one", "10.0.0.1"));
        start();

        assertThat(address("one")).isEqualTo("10.0.0.2");
    }

    @Test
    void start_homelabSample_hasEveryObject() throws Exception {
        Path sample = sample();
        String text = Files.readString(sample);
        write("cluster.yaml", text);
        start();

        assertThat(model.count(ObjectKind.SERVICE)).isPositive().isEqualTo(countOf(text, "kind: Service\n"));
        assertThat(model.count(ObjectKind.ENDPOINT_SLICE))
                .isPositive()
                .isEqualTo(countOf(text, "kind: EndpointSlice\n"));
        assertThat(model.count(ObjectKind.NAMESPACE)).isPositive().isEqualTo(countOf(text, "kind: Namespace\n"));
        assertThat(model.service("kube-system", "kube-dns").orElseThrow().ports())
                .hasSize(3);
        assertThat(problems).isEmpty();
    }

    @Test
    void fileAdded_isSeen() throws Exception {
        start();
        write("a.yaml", service("one", "10.0.0.1"));
        Await.until("one", () -> exists("one"));

        write("new/folder/b.yaml", service("two", "10.0.0.2"));
        Await.until("two", () -> exists("two"));

        write("new/folder/c.yaml", service("three", "10.0.0.3"));
        Await.until("three", () -> exists("three"));
        assertThat(model.listsFinished(ObjectKind.POD)).isEqualTo(1);
    }

    @Test
    void fileChanged_inPlaceOrReplaced_isSeen() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        start();
        write("a.yaml", service("one", "10.0.0.2"));
        Await.until("written", () -> address("one").equals("10.0.0.2"));

        Path draft = Files.writeString(folder.resolve("a.yaml.swp"), service("one", "10.0.0.3"));
        Files.move(draft, folder.resolve("a.yaml"), StandardCopyOption.REPLACE_EXISTING);
        Await.until("moved into place", () -> address("one").equals("10.0.0.3"));
    }

    @Test
    void fileChanged_toTheSameObjects_isNoChange() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        start();
        write("a.yaml", "# a comment\n" + service("one", "10.0.0.1"));
        write("b.yaml", service("two", "10.0.0.1"));
        Await.until("two", () -> exists("two"));

        assertThat(model.listsFinished(ObjectKind.ENDPOINT_SLICE)).isEqualTo(1);
        assertThat(model.sweptAway(ObjectKind.SERVICE)).isZero();
    }

    @Test
    void fileDeletedOrFolder_objectsGo() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        write("below/b.yaml", service("two", "10.0.0.2"));
        start();
        Files.delete(folder.resolve("a.yaml"));
        Await.until("one is gone", () -> !exists("one"));
        assertThat(exists("two")).isTrue();

        Files.move(folder.resolve("below"), temporary.resolve("elsewhere"));
        Await.until("two is gone", () -> !exists("two"));
    }

    @Test
    void fileRenamed_objectsNeverGo() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        start();
        Files.move(folder.resolve("a.yaml"), folder.resolve("b.yaml"));
        write("c.yaml", service("two", "10.0.0.2"));
        Await.until("two", () -> exists("two"));
        Files.delete(folder.resolve("b.yaml"));
        Await.until("b.yaml was what counts", () -> !exists("one"));

        assertThat(model.sweptAway(ObjectKind.SERVICE)).isEqualTo(1);
    }

    @Test
    void fileBroken_keepsItsObjectsUntilRepaired() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        start();
        write("a.yaml", service("one", "10.0.0.2") + "---\na: b: c\n");
        Await.until("the problem is told", () -> problems.size() == 1);
        write("b.yaml", service("two", "10.0.0.3"));
        Await.until("others go on", () -> exists("two"));
        assertThat(address("one")).isEqualTo("10.0.0.1");

        write("a.yaml", service("one", "10.0.0.4"));
        Await.until("repaired", () -> address("one").equals("10.0.0.4"));
        assertThat(problems)
                .containsExactly(folder.resolve("a.yaml")
                        + ":7:5: mapping values are not allowed here (going on with the 1 objects that it had)");
    }

    @Test
    void start_brokenFile_othersAreThere() throws Exception {
        write("a.yaml", "{");
        write("b.json", "{");
        write("c.yaml", service("one", "10.0.0.1"));
        start();

        assertThat(exists("one")).isTrue();
        assertThat(problems).hasSize(2).allMatch(problem -> problem.contains("with the 0 objects"));
    }

    @Test
    void of_noFolder_saysWhatToDo() throws Exception {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> ManifestSource.of(missing))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessage(
                        "manifests: " + missing + " does not exist; name a folder with *.yaml, *.yml or *.json files");
        write("a.yaml", "");
        assertThatThrownBy(() -> ManifestSource.of(folder.resolve("a.yaml")))
                .isInstanceOf(ClusterConfigException.class)
                .hasMessageContaining("is no folder");
    }

    @Test
    void of_folder_readsAndFollows() throws Exception {
        write("a.yaml", service("one", "10.0.0.1"));
        try (ManifestSource stock = ManifestSource.of(folder)) {
            stock.start(model);
            Await.until("one", () -> exists("one"));
            write("b.yaml", service("two", "10.0.0.2"));
            Await.until("two", () -> exists("two"));
        }
    }

    @Test
    void close_endsReports() throws Exception {
        start();
        source.close();
        source.close();
        int lists = model.listsStarted(ObjectKind.SERVICE);
        write("a.yaml", service("one", "10.0.0.1"));
        source.start(model);

        assertThat(model.listsStarted(ObjectKind.SERVICE)).isEqualTo(lists);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(t -> t.getName().equals("manifest-source"));
    }

    private void start() {
        source.start(model);
        Await.until("synced", () -> model.synced(ObjectKind.POD));
    }

    private void write(String name, String text) throws IOException {
        ManifestTesting.write(folder.resolve(name), text);
    }

    private boolean exists(String service) {
        return model.service("shop", service).isPresent();
    }

    private String address(String service) {
        return model.service("shop", service).orElseThrow().clusterIps().stream()
                .map(InetAddress::getHostAddress)
                .findFirst()
                .orElse("");
    }

    private static int countOf(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    private static Path sample() {
        Path top = Path.of("").toAbsolutePath();
        while (!Files.exists(top.resolve("deploy/homelab/cluster.yaml"))) {
            top = top.getParent();
        }
        return top.resolve("deploy/homelab/cluster.yaml");
    }
}
