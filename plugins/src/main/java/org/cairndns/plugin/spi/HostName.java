package org.cairndns.plugin.spi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Name of the host, in a cluster that of the pod, found without asking a resolver. */
public final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "localhost";

    private HostName() {}

    /** What the kernel says, else the variable {@code HOSTNAME}, else {@code localhost}. Reads a file of the kernel. */
    public static String of(ServerContext server) {
        return of(KERNEL, server);
    }

    static String of(Path kernel, ServerContext server) {
        try {
            String name = Files.readString(kernel).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException e) {
            // Not Linux: the variable is next.
        }
        return server.environment().getOrDefault("HOSTNAME", UNKNOWN);
    }
}
