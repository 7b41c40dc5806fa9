package org.cairndns.kubernetes.source;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which a source does everything that has an order. */
final class SourceThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceThread.class);
    private static final long CLOSE_SECONDS = 5;

    /** A task that may be called off. */
    interface Timer {
        void cancel();
    }

    private final ScheduledThreadPoolExecutor executor;

    SourceThread(String name) {
        executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name(name).daemon().factory());
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Runs the task after those that were given before, from any thread; does nothing once closed. */
    void execute(Runnable task) {
        schedule(task, Duration.ZERO);
    }

    /** Runs the task after the delay; does nothing once closed. */
    Timer schedule(Runnable task, Duration delay) {
        ScheduledFuture<?> future;
        try {
            future = executor.schedule(guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.trace("closed: a task comes too late", e);
            return () -> {};
        }
        return () -> future.cancel(false);
    }

    /** Ends the task under way, by interruption where it waits, and returns when it has ended. */
    @Override
    public void close() {
        executor.shutdownNow();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the last change is still being worked on after {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // A failure ends its task, never the thread.
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("unexpected failure", e);
            }
        };
    }

    /** Calls off a timer that may not be set. */
    static void cancel(@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}
