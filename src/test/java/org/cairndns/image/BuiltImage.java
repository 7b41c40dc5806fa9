package org.cairndns.image;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** The image of the jars of this build, which all tests of a run share. */
public final class BuiltImage {
    /** Its name in engines: not that of an image that somebody works with. */
    static final String NAME = "cairn:tests";

    private static final Path HOME = home();

    private BuiltImage() {}

    /** Top folder of the source tree. */
    static Path home() {
        Path folder =
                Path.of(System.getProperty("cairn.root", "")).toAbsolutePath().normalize();
        while (!Files.exists(folder.resolve("deploy/image/build"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** Runs a command of {@code deploy/image}. */
    static Commands.Result run(String command, String... arguments) throws IOException, InterruptedException {
        return Commands.run(Stream.concat(
                        Stream.of(HOME.resolve("deploy/image").resolve(command).toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Its file, made where there is none of these jars yet; the test is skipped where it cannot be. */
    public static synchronized Path tar() throws IOException, InterruptedException {
        Path jars = HOME.resolve("server/target/bom.json");
        assumeTrue(Files.exists(jars), "the jars are not built (./mvnw package): skipped");
        Path tar = HOME.resolve("server/target/image-of-tests/cairn.tar");
        if (isNewer(tar, List.of(jars, HOME.resolve("server/jvm.options"), HOME.resolve("deploy/image")))) {
            return tar;
        }
        Path base = Files.createDirectories(tar.getParent()).resolve("base.tar");
        String architecture = System.getProperty("os.arch").replace("aarch64", "arm64");
        // Only on this can a machine without Debian's packages fail.
        Commands.Result made = run("base", architecture, base.toString());
        assumeTrue(made.code() == 0, "no base for an image (" + made.lastLine() + "): skipped");
        run("build", "--base", base.toString(), "--name", NAME, "--out", tar.toString())
                .orFail();
        return tar;
    }

    private static boolean isNewer(Path file, List<Path> sources) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        FileTime made = Files.getLastModifiedTime(file);
        for (Path source : sources) {
            try (Stream<Path> all = Files.walk(source)) {
                for (Path each : all.toList()) {
                    if (Files.getLastModifiedTime(each).compareTo(made) > 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
