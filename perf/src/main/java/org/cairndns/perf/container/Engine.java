package org.cairndns.perf.container;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/** The Docker engine of this machine. */
public final class Engine {
    private static final Path USUAL_SOCKET = Path.of("/var/run/docker.sock");
    private static final String NAMED_SOCKET = "DOCKER_HOST";
    private static final String NO_REAPER = "TESTCONTAINERS_RYUK_DISABLED";

    private Engine() {}

    /** What keeps containers from being run here, for a reader; empty if nothing does. */
    public static Optional<String> missing() {
        if (System.getenv(NAMED_SOCKET) == null && !Files.exists(USUAL_SOCKET)) {
            return Optional.of("no Docker engine: no " + USUAL_SOCKET + " and no " + NAMED_SOCKET
                    + " (Debian package docker.io, or dockerd --storage-driver=vfs)");
        }
        if (!"true".equals(System.getenv(NO_REAPER))) {
            return Optional.of(NO_REAPER + " is not true: Testcontainers would fetch an image that cleans up");
        }
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            return Optional.of("the Docker engine does not answer");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("the control groups of containers, and networks beside theirs, are root's");
        }
        return Optional.empty();
    }

    /** A connection to it, shared by all. */
    static DockerClient client() {
        return DockerClientFactory.lazyClient();
    }
}
