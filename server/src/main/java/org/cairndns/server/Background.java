package org.cairndns.server;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for what may block, which tell of tasks that throw and go on repeating them.
 *
 * <p>Java's own end a repeated task at the first failure, without a word: a file would never be looked at again.
 */
final class Background extends ScheduledThreadPoolExecutor {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /** @param threads at least 1 */
    Background(int threads) {
        super(threads, Thread.ofPlatform().daemon().name("background-", 0).factory());
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return super.schedule(told(task), delay, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long delay, long period, TimeUnit unit) {
        return super.scheduleAtFixedRate(told(task), delay, period, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long delay, long pause, TimeUnit unit) {
        return super.scheduleWithFixedDelay(told(task), delay, pause, unit);
    }

    private static Runnable told(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (Throwable e) {
                LOG.error("a task of the background failed; if it is a repeated one it goes on", e);
            }
        };
    }
}
