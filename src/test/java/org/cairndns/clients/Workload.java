package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.cairndns.testing.Await;

/**
 * The pods of one test with the folder in which their programs keep files: all end and go together.
 *
 * <p>A program's output is kept, and its end is shown with a wait that fails.
 */
final class Workload implements AutoCloseable {
    private static final int SHOWN_LINES = 25;

    private final Homelab homelab;
    private final Path folder;
    private final List<Pod> pods = new ArrayList<>();
    private final List<Path> logs = new ArrayList<>();

    private Workload(Homelab homelab, Path folder) {
        this.homelab = homelab;
        this.folder = folder;
    }

    /** One without pods. */
    static Workload in(Homelab homelab) throws IOException {
        Path folder = Files.createTempDirectory("pods");
        // Some services refuse to run as root; their own users get at what is theirs in here.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new Workload(homelab, folder);
    }

    /** Skips the test unless a program is there, and says which of Debian's packages brings it. */
    static void needs(String program, String debianPackage) {
        assumeTrue(Programs.present(program), "no program " + program + ": install Debian's package " + debianPackage);
    }

    /** A new pod. */
    Pod pod(String namespace, String name, String address) throws IOException, InterruptedException {
        Pod pod = homelab.pod(namespace, name, address);
        pods.add(pod);
        return pod;
    }

    /** Ends a pod with all that runs in it, as a node does that is switched off. */
    void delete(Pod pod) throws IOException, InterruptedException {
        pods.remove(pod);
        pod.remove();
    }

    /** A folder for one program, which is not there yet. */
    Path path(String name) {
        return folder.resolve(name);
    }

    /** A new folder for one program. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** Writes a file, such as a configuration. */
    Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Starts a program that goes on; the file to which it writes. */
    Path start(Pod pod, String... command) throws IOException {
        Path log = folder.resolve(logs.size() + "-" + pod.name() + ".log");
        logs.add(log);
        pod.start(log, command);
        return log;
    }

    /** Waits for what a client sees; fails with the last output of all programs after 30 seconds. */
    void await(String what, Callable<Boolean> seen) throws Exception {
        await(what, Duration.ofSeconds(30), seen);
    }

    /** Waits for what a client sees; fails with the last output of all programs. */
    void await(String what, Duration limit, Callable<Boolean> seen) throws Exception {
        try {
            Await.until(what, limit, seen::call);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + output(), e);
        }
    }

    private String output() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path log : logs) {
            List<String> lines =
                    Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
            text.append("\n== ").append(log.getFileName()).append('\n');
            lines.stream()
                    .skip(Math.max(0, lines.size() - SHOWN_LINES))
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Pod pod : List.copyOf(pods)) {
            delete(pod);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
