package org.cairndns.plugin.kubernetes;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/** The turn to write a snapshot: one thread has it, and no other one hangs with it at a volume that hangs. Any thread. */
final class SnapshotTurn {
    /** How long the end waits. */
    private static final Duration END_WAIT = Duration.ofSeconds(3);

    private final ReentrantLock lock = new ReentrantLock();

    /** Does something unless another thread has the turn. */
    void ifFree(Runnable action) {
        if (lock.tryLock()) {
            try {
                action.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Does something once the turn is free; false if that takes longer than the end may take. */
    boolean last(Runnable action) {
        Thread thread = Thread.ofPlatform().daemon().name("snapshot").start(() -> {
            lock.lock();
            try {
                action.run();
            } finally {
                lock.unlock();
            }
        });
        try {
            return thread.join(END_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
