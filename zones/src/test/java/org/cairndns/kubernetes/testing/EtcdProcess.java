package org.cairndns.kubernetes.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The store behind an API server, as a process on free loopback ports. */
final class EtcdProcess implements AutoCloseable {
    private final Path assets;
    private final Path work;
    private final int port = ChildProgram.freePort();
    private Process process;

    /**
     * Starts it.
     *
     * @param assets the folder with the program
     * @param work where its data and its log are
     */
    EtcdProcess(Path assets, Path work) {
        this.assets = assets;
        this.work = work;
        this.process = start();
    }

    /** Where clients find it. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Keeps a copy of the data, for which it stops a moment. */
    void backUp() {
        stop();
        copy(work.resolve("etcd"), work.resolve("etcd-backup"));
        process = start();
    }

    /** Starts again with the data of the last {@link #backUp}. */
    void restore() {
        stop();
        copy(work.resolve("etcd-backup"), work.resolve("etcd"));
        process = start();
    }

    /** Forgets the history of changes up to a version. */
    void compact(String resourceVersion) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/v3/kv/compaction"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"revision\":\"" + resourceVersion + "\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            http.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        ChildProgram.waitFor(process);
    }

    /** With a goodbye, so that all of its data is on the disk. */
    private void stop() {
        process.destroy();
        ChildProgram.waitFor(process);
    }

    private Process start() {
        return ChildProgram.start(
                assets.resolve("etcd"),
                work,
                List.of(
                        "--data-dir",
                        work.resolve("etcd").toString(),
                        "--listen-client-urls",
                        url(),
                        "--advertise-client-urls",
                        url(),
                        "--listen-peer-urls",
                        "http://127.0.0.1:0",
                        "--unsafe-no-fsync",
                        "--watch-progress-notify-interval=5s"));
    }

    private static void copy(Path from, Path to) {
        try {
            if (Files.exists(to)) {
                try (Stream<Path> old = Files.walk(to)) {
                    for (Path file : old.sorted(Comparator.reverseOrder()).toList()) {
                        Files.delete(file);
                    }
                }
            }
            try (Stream<Path> all = Files.walk(from)) {
                for (Path file : all.toList()) {
                    Files.copy(file, to.resolve(from.relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
