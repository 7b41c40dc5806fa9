package org.cairndns.server;

import java.io.PrintStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The thread that prints log lines, so that no event loop waits for whoever reads them.
 *
 * <p>Lines that come while {@value #CAPACITY} wait are dropped; how many is said once there is room. Any thread.
 */
final class LogWriter {
    static final int CAPACITY = 4096;

    private static final int BATCH_CHARS = 16 * 1024;
    private static final long FLUSH_LIMIT_MILLIS = 1_000;

    private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(CAPACITY);
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong accepted = new AtomicLong();
    private final PrintStream out;

    /** Lines printed so far, guarded by this object. */
    private long printed;

    private LogWriter(PrintStream out) {
        this.out = out;
    }

    /** Starts a daemon thread that prints to {@code out}. */
    static LogWriter start(PrintStream out) {
        LogWriter writer = new LogWriter(out);
        Thread.ofPlatform().name("log").daemon().start(writer::run);
        return writer;
    }

    /** Has a line printed, its end included; never waits. */
    void print(String line) {
        if (lines.offer(line)) {
            accepted.incrementAndGet();
        } else {
            dropped.incrementAndGet();
        }
    }

    /** Waits until what was given before is printed, a second at most. */
    synchronized void flush() {
        long deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FLUSH_LIMIT_MILLIS);
        long wanted = accepted.get();
        try {
            long leftMillis = FLUSH_LIMIT_MILLIS;
            while (printed < wanted && leftMillis > 0) {
                wait(leftMillis);
                leftMillis = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        StringBuilder batch = new StringBuilder();
        while (true) {
            try {
                int count = fill(batch);
                out.print(batch);
                out.flush();
                batch.setLength(0);
                count(count);
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                // There is no other place to say it.
                batch.setLength(0);
                dropped.incrementAndGet();
            }
        }
    }

    /** Waits for a line and takes those that wait behind it. */
    private int fill(StringBuilder batch) throws InterruptedException {
        batch.append(lines.take());
        int count = 1;
        String line = batch.length() < BATCH_CHARS ? lines.poll() : null;
        while (line != null) {
            batch.append(line);
            count++;
            line = batch.length() < BATCH_CHARS ? lines.poll() : null;
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            batch.append("[WARNING] ").append(lost).append(" log lines dropped: standard output is read too slowly\n");
        }
        return count;
    }

    private synchronized void count(int lineCount) {
        printed += lineCount;
        notifyAll();
    }
}
