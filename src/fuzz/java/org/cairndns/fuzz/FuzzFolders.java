package org.cairndns.fuzz;

import java.nio.file.Path;

/** Folders of this module. */
final class FuzzFolders {
    private FuzzFolders() {}

    private static Path folder() {
        return Path.of(System.getProperty("cairn.fuzz.folder", "src/fuzz")).toAbsolutePath();
    }

    /** A folder of seeds and of octets that were once handled wrong for each target; in the repository. */
    static Path corpus() {
        return folder().resolve("corpus");
    }

    /** Logs and findings. */
    static Path work() {
        return folder().resolve("target/fuzz");
    }
}
