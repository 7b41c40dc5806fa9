package org.cairndns.containers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.perf.container.Images;

/**
 * Cairn's image in the engine: the one that the property {@code cairn.image} names (a name, or a file that ends in {@code .tar}), or
 * else the one of the jars of this build.
 */
final class BuiltImage {
    private static final String GIVEN = System.getProperty("cairn.image", "");

    private BuiltImage() {}

    /** Its name; the test is skipped where there is no image and none can be made. */
    static String name(Path root) throws IOException, InterruptedException {
        if (!GIVEN.isEmpty()) {
            return GIVEN.endsWith(".tar") ? Images.load(Path.of(GIVEN)) : GIVEN;
        }
        Path target = root.resolve("server/target");
        assumeTrue(Files.exists(target.resolve("bom.json")), "the jars are not built (./mvnw package): skipped");
        Path tar = target.resolve("cairn-image-of-tests.tar");
        if (!Files.exists(tar) || isOlder(tar, target.resolve("bom.json"))) {
            Process build = new ProcessBuilder(
                            root.resolve("deploy/image/build").toString(),
                            "--name",
                            "cairn:tests",
                            "--out",
                            tar.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assumeTrue(build.waitFor() == 0, "the image cannot be built here: skipped\n" + output);
        }
        return Images.load(tar);
    }

    private static boolean isOlder(Path file, Path than) throws IOException {
        return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) < 0;
    }
}
