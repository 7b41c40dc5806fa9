package org.cairndns.kubernetes.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Kubeconfig files that lead to a relay in front of an API. */
final class Kubeconfigs {
    private Kubeconfigs() {}

    /** Writes one beside another, with a port in place of that of the API. */
    static Path by(int port, int apiPort, Path of) throws IOException {
        String text = Files.readString(of).replace(":" + apiPort, ":" + port);
        return Files.writeString(of.resolveSibling(of.getFileName() + "-by-" + port), text);
    }
}
