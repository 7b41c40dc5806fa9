package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Programs of clients that are on PyPI and not in Debian; {@code .ci/clients} fetches them. */
final class PypiPrograms {
    private static final String FOLDER = "cairn/clients-1";

    private PypiPrograms() {}

    /** The path of one; skips the test where it has not been fetched. */
    static String needed(String program) {
        String home = System.getProperty("user.home");
        String cache = System.getenv().getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        Path folder = Path.of(cache, FOLDER);
        assumeTrue(
                Files.exists(folder.resolve("complete")),
                "no " + program + " from PyPI, which .ci/clients fetches into " + folder);
        return folder.resolve("bin").resolve(program).toString();
    }
}
