package org.cairndns.kubernetes.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the tests of {@link ManifestSource} share. */
final class ManifestTesting {
    private ManifestTesting() {}

    /** A document of five lines: a service in the namespace {@code shop}. */
    static String service(String name, String clusterIp) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec:
                  clusterIP: %s
                """.formatted(name, clusterIp);
    }

    /** Writes a file, in a new folder where there is none. */
    static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
