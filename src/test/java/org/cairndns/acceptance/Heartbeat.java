package org.cairndns.acceptance;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that wants to run each millisecond and notes how late it does: what the machine delays, whoever is measured.
 *
 * <p>A slow reply while this was late too says nothing about the server.
 */
final class Heartbeat implements AutoCloseable {
    private static final long BEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final AtomicLong latestNanos = new AtomicLong();
    private volatile boolean running = true;

    Heartbeat() {
        Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
    }

    private void beat() {
        while (running) {
            long startNanos = System.nanoTime();
            LockSupport.parkNanos(BEAT_NANOS);
            long lateNanos = System.nanoTime() - startNanos - BEAT_NANOS;
            latestNanos.accumulateAndGet(lateNanos, Math::max);
        }
    }

    /** The most that a beat was late since the last call, in nanoseconds. */
    long worstNanosSinceLastCall() {
        return latestNanos.getAndSet(0);
    }

    @Override
    public void close() {
        running = false;
    }
}
