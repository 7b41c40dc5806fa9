package org.cairndns.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The repository as its own rules see it: folders, sources, compiled classes. */
public final class Project {
    /** Modules whose main sources make the server. */
    static final List<String> SERVER_MODULES = List.of("zones", "plugins", "server");

    /** Modules with tests or with main sources outside the server. */
    static final List<String> OTHER_MODULES = List.of("perf", "src/test");

    private Project() {}

    /** Top folder; the build says where it is, other runners start in a module's folder or in the top one. */
    public static Path root() {
        String given = System.getProperty("cairn.root");
        Path folder =
                (given == null ? Path.of("") : Path.of(given)).toAbsolutePath().normalize();
        while (!Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "no folder with .mvn above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }

    /** A file's path below the top folder, with slashes. */
    public static String name(Path file) {
        return root().relativize(file).toString().replace('\\', '/');
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files with an ending below a folder, sorted; none if the folder does not exist. */
    public static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Main sources of the server's modules. */
    static List<Path> mainSources() {
        return SERVER_MODULES.stream()
                .flatMap(module -> files(root().resolve(module).resolve("src/main/java"), ".java").stream())
                .toList();
    }

    /** Test sources of every module. */
    static List<Path> testSources() {
        Stream<Path> beside = Stream.concat(SERVER_MODULES.stream(), OTHER_MODULES.stream())
                .flatMap(module -> files(root().resolve(module).resolve("src/test/java"), ".java").stream());
        return Stream.concat(beside, files(root().resolve("src/test/java"), ".java").stream())
                .distinct()
                .toList();
    }

    /** Compiled main classes of the server's modules, read once. */
    static JavaClasses mainClasses() {
        return Compiled.CLASSES;
    }

    private static final class Compiled {
        static final JavaClasses CLASSES = readMainClasses();
    }

    private static JavaClasses readMainClasses() {
        List<Path> folders = SERVER_MODULES.stream()
                .map(module -> root().resolve(module).resolve("target/classes"))
                .toList();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException(folder + " is missing: build with ./mvnw verify");
            }
        }
        return new ClassFileImporter().importPaths(folders);
    }
}
