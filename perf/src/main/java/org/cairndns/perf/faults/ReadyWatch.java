package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Client of a ready page that asks fifty times a second, and counts what is not a yes. */
final class ReadyWatch {
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int TIMEOUT_MILLIS = 2_000;
    private static final int OK = 200;

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Thread thread;
    private volatile boolean ending;

    /** Starts to ask on a thread of its own. */
    ReadyWatch(int port) {
        URI page = URI.create("http://127.0.0.1:" + port + "/ready");
        thread = Thread.ofVirtual().start(() -> {
            while (!ending) {
                ask(page);
                LockSupport.parkNanos(GAP_NANOS);
            }
        });
    }

    private void ask(URI page) {
        asked.incrementAndGet();
        try {
            HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            if (connection.getResponseCode() == OK) {
                connection.getInputStream().readAllBytes();
                return;
            }
        } catch (IOException e) {
            // Nobody listens, which is no yes either.
        }
        refused.incrementAndGet();
    }

    int asked() {
        return asked.get();
    }

    int refused() {
        return refused.get();
    }

    /** Stops asking, and waits for the last answer. */
    void end() throws InterruptedException {
        ending = true;
        thread.join();
    }
}
