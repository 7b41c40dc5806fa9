package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Stage;

/** What the commands about snapshots have in common: a Corefile, a file to wait for, a process to kill. */
final class SnapshotCorefile {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private SnapshotCorefile() {}

    /** Writes a Corefile for a server that has only the cluster to answer from, with a property more. */
    static Path write(Stage stage, String name, int port, String property, Path kubeconfig) throws IOException {
        return Files.writeString(stage.folder().resolve("Corefile." + name), """
                .:%d {
                    bind 127.0.0.1
                    errors
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        kubeconfig %s perf
                        pods insecure
                        ttl 30
                        %s
                    }
                }
                """.formatted(port, kubeconfig, property));
    }

    /** Waits for the file, which only Cairn writes. */
    static void awaitFile(Path file, Contender contender, Duration limit) throws IOException {
        long startNanos = System.nanoTime();
        while (contender == Contender.CAIRN && !Files.exists(file)) {
            if (System.nanoTime() - startNanos > limit.toNanos()) {
                throw new IOException("no snapshot after " + limit.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Asks a server to end, as a kubelet does. */
    static void terminate(RunningPeer server) {
        ProcessHandle.of(server.pid()).ifPresent(ProcessHandle::destroy);
    }

    /** Ends a server as {@code kill -9} does. */
    static void kill(RunningPeer server) {
        ProcessHandle.of(server.pid()).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
    }
}
