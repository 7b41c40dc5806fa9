package org.cairndns.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Tasks of a server that are repeated under its lock until it ends.
 *
 * <p>On a thread of their own, for it waits for the lock as long as a reload waits for its plugins.
 */
final class Tending implements AutoCloseable {
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tending").factory());
    private final Object lock;
    private final BooleanSupplier ending;

    /**
     * No tasks yet.
     *
     * @param ending asked under the lock; when true nothing is done any more
     */
    Tending(Object lock, BooleanSupplier ending) {
        this.lock = lock;
        this.ending = ending;
    }

    /** Has a task run from time to time; what it throws is logged. */
    void repeat(Runnable task, int seconds) {
        Runnable locked = () -> {
            synchronized (lock) {
                if (!ending.getAsBoolean()) {
                    Configuration.runLogged(task);
                }
            }
        };
        thread.scheduleWithFixedDelay(locked, seconds, seconds, TimeUnit.SECONDS);
    }

    /** No task begins any more; does not wait for one under way. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
