package org.cairndns.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A client that asks each query over a TCP connection of its own, one after the other, on a thread of its own. */
final class TcpLoad {
    private final AtomicInteger answered = new AtomicInteger();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> done;
    private volatile boolean ending;

    TcpLoad(int port, String qname) {
        done = CompletableFuture.runAsync(
                () -> {
                    while (!ending) {
                        ask(port, qname);
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                    }
                },
                task -> Thread.ofPlatform().daemon().start(task));
    }

    private void ask(int port, String qname) {
        try (TcpClient client = new TcpClient(port)) {
            client.ask(qname, "A");
            answered.incrementAndGet();
        } catch (IOException e) {
            failures.add(e.toString());
        }
    }

    /** Stops and says what went wrong, a line per query. */
    List<String> end() throws Exception {
        ending = true;
        done.get(30, TimeUnit.SECONDS);
        return failures;
    }

    int answered() {
        return answered.get();
    }
}
