package org.cairndns.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cairndns.testing.Await;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The image as {@code deploy/image/build} makes it of the jars of this build. */
class ImageTest {
    private static final long LIMIT_OCTETS = 80_000_000;
    private static final Path HOME = BuiltImage.home();

    @TempDir
    private static Path folder;

    private static Path tar;
    private static ImageFile image;
    private static Path root;

    @BeforeAll
    static void build() throws Exception {
        tar = BuiltImage.tar();
        image = new ImageFile(tar, folder.resolve("image"));
        root = image.unpack(folder.resolve("root"));
    }

    @Test
    void build_twice_hasTheSameOctets() throws Exception {
        Path second = folder.resolve("second.tar");
        long start = System.currentTimeMillis();

        BuiltImage.run("build", "--archive", tar.toString(), "--name", BuiltImage.NAME, "--out", second.toString())
                .orFail();

        assertThat(Files.mismatch(tar, second)).isEqualTo(-1);
        Path kept = HOME.resolve("server/target/image/kept/cairn.aot");
        assertThat(kept.toFile().lastModified())
                .as("an archive that was taken is not kept")
                .isLessThan(start);
    }

    @Test
    void config_isWhatAStockManifestRunsWith() {
        JsonNode config = image.config();
        assertThat(config.get("User").asString()).isEqualTo("65532:65532");
        assertThat(config.get("WorkingDir").asString()).isEqualTo("/");
        assertThat(words(config.get("Entrypoint")))
                .startsWith("/opt/cairn/runtime/bin/java")
                .endsWith("org.cairndns.server.Main");
        assertThat(config.get("ExposedPorts").propertyNames()).containsExactlyInAnyOrder("53/udp", "53/tcp");
        assertThat(config.get("Labels").propertyNames())
                .contains(
                        "org.opencontainers.image.title",
                        "org.opencontainers.image.version",
                        "org.opencontainers.image.created",
                        "org.opencontainers.image.licenses");
    }

    @Test
    void dockerfile_saysTheSameAsTheBuild() throws IOException {
        JsonNode config = image.config();
        String dockerfile = Files.readString(HOME.resolve("deploy/image/Dockerfile"));
        assertThat(dockerfile)
                .contains("\nUSER " + config.get("User").asString() + "\n")
                .contains("\nWORKDIR " + config.get("WorkingDir").asString() + "\n")
                .contains("\nENTRYPOINT " + quoted(words(config.get("Entrypoint"))) + "\n")
                .contains("\nENV " + String.join(" ", words(config.get("Env"))) + "\n")
                .contains("\nEXPOSE "
                        + String.join(" ", config.get("ExposedPorts").propertyNames()) + "\n");
        config.get("Labels").propertyNames().stream()
                .filter(label -> !label.endsWith(".revision"))
                .forEach(label -> assertThat(dockerfile).contains(label + "="));
    }

    @Test
    void size_compressed_isUnder80Megabytes() {
        long octets = image.compressedOctets();
        System.out.println("image: " + octets / 1_000_000 + " MB compressed");
        assertThat(octets).isLessThan(LIMIT_OCTETS);
    }

    @Test
    void dockerTable_namesTheSameFilesAsTheManifest() {
        assertThat(words(image.dockerTable().get("RepoTags"))).containsExactly(BuiltImage.NAME);
        assertThat(image.annotations().get("io.containerd.image.name").asString())
                .isEqualTo("docker.io/library/" + BuiltImage.NAME);
        assertThat(words(image.dockerTable().get("Layers")))
                .hasSameSizeAs(image.layers())
                .allMatch(layer -> image.layers().stream().anyMatch(file -> file.endsWith(layer)));
        assertThat(image.image().at("/rootfs/diff_ids").size())
                .isEqualTo(image.layers().size());
    }

    @Test
    void files_noProgramButJava() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<String> programs = files.filter(Files::isRegularFile)
                    .filter(Files::isExecutable)
                    .map(file -> root.relativize(file).toString())
                    .filter(file -> !file.matches(".*\\.so(\\.\\d+)*"))
                    .toList();
            // The second starts a process for a program that asks Java for one; it can do nothing by itself.
            assertThat(programs)
                    .containsExactlyInAnyOrder("opt/cairn/runtime/bin/java", "opt/cairn/runtime/lib/jspawnhelper");
        }
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains("nonroot:x:65532:65532:");
    }

    @Test
    void bom_hasEachJarAndPackageOfTheImage() throws IOException {
        JsonNode bom = ImageFile.json(root.resolve("opt/cairn/bom.cdx.json"));
        assertThat(bom.get("bomFormat").asString()).isEqualTo("CycloneDX");
        assertThat(tar.resolveSibling("cairn.cdx.json"))
                .hasSameTextualContentAs(root.resolve("opt/cairn/bom.cdx.json"));

        Set<String> listed = new TreeSet<>();
        listed.add(jarName(bom.at("/metadata/component")));
        Set<String> names = new TreeSet<>();
        bom.get("components").forEach(component -> {
            listed.add(jarName(component));
            names.add(component.get("name").asString());
        });
        assertThat(listed).containsAll(namesIn("opt/cairn/lib", ".jar"));
        assertThat(names).contains("OpenJDK").containsAll(namesIn("var/lib/dpkg/status.d", ""));
    }

    @Test
    void runtime_hasTheModulesThatTheJarsNeed() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jdeps").toString(),
                "--multi-release",
                "25",
                "--ignore-missing-deps",
                "--print-module-deps"));
        try (Stream<Path> jars = Files.list(root.resolve("opt/cairn/lib"))) {
            jars.map(Path::toString).filter(name -> name.endsWith(".jar")).forEach(command::add);
        }
        Set<String> needed = new TreeSet<>(
                List.of(Commands.run(command.toArray(String[]::new)).lastLine().split(",")));
        // Jackson's way to read beans and SQL dates, which it leaves where they are missing.
        needed.removeAll(Set.of("java.desktop", "java.sql"));

        assertThat(modules()).containsAll(needed);
    }

    @Test
    void server_readOnlyAsUser65532_answersOnPort53AndEndsWith0() throws Exception {
        String obstacle = Confined.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        Path corefile = Files.createDirectories(root.resolve("etc/coredns")).resolve("Corefile");
        Files.writeString(corefile, ".:53 {\n    whoami\n    errors\n}\n");
        Path log = folder.resolve("log");
        try (Confined server =
                Confined.start(image, root, log, "-Xlog:aot=info:stdout -Xmx48m", "-conf", "/etc/coredns/Corefile")) {
            for (String transport : List.of("+notcp", "+tcp")) {
                Await.until(
                        "an answer, " + transport,
                        () -> !server.isAlive()
                                || server.dig(transport, "a.example").contains("NOERROR"));
            }
            assertThat(server.isAlive()).as(server.log()).isTrue();
            assertThat(server.maps()).contains("/opt/cairn/lib/libnetty_transport_native_epoll");
            assertThat(server.stop()).isZero();
            assertThat(server.log())
                    .contains("Using AOT-linked classes: true")
                    .contains("Picked up _JAVA_OPTIONS")
                    .doesNotContain("[ERROR]", "Exception");
        }
    }

    @Test
    void server_withoutTheArchive_startsAllTheSame() throws Exception {
        String obstacle = Confined.obstacle();
        assumeTrue(obstacle.isEmpty(), obstacle);
        Path corefile = Files.writeString(root.resolve("plain"), ".:53 {\n    whoami\n}\n");
        Path log = folder.resolve("log-without-archive");
        String options = "-XX:AOTCache=/opt/cairn/lib/nowhere.aot -Xmx48m";
        try (Confined server = Confined.start(image, root, log, options, "-conf", "/" + corefile.getFileName())) {
            Await.until(
                    "an answer",
                    () -> !server.isAlive() || server.dig("a.example").contains("NOERROR"));
            assertThat(server.isAlive()).as(server.log()).isTrue();
            assertThat(server.stop()).isZero();
        }
    }

    private static Set<String> modules() throws IOException {
        return Files.readAllLines(HOME.resolve("deploy/image/modules")).stream()
                .filter(line -> !line.startsWith("#"))
                .collect(Collectors.toSet());
    }

    /** The name that Maven gives a component's jar. */
    private static String jarName(JsonNode component) {
        String purl = component.path("purl").asString("");
        String classifier = purl.contains("classifier=") ? purl.replaceAll(".*classifier=([^&]*).*", "-$1") : "";
        return component.get("name").asString() + "-" + component.get("version").asString() + classifier + ".jar";
    }

    private static List<String> namesIn(String part, String end) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve(part))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(end))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> words(JsonNode array) {
        List<String> words = new ArrayList<>();
        array.forEach(word -> words.add(word.asString()));
        return words;
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> "\"" + word + "\"").collect(Collectors.joining(", ", "[", "]"));
    }
}
