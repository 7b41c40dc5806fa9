package org.cairndns.perf.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel keeps of files in memory. */
final class PageCache {
    private static final Path SWITCH = Path.of("/proc/sys/vm/drop_caches");

    private PageCache() {}

    /** Has the kernel write and forget all of it that nobody has mapped; as root. */
    static void giveUp() {
        try {
            new ProcessBuilder("sync").start().waitFor();
            Files.writeString(SWITCH, "1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
