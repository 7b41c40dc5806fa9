package org.cairndns.plugin.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A scheduler whose clock a test moves; tasks run on the thread that moves it. */
public final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService {
    private final PriorityQueue<Task<?>> tasks = new PriorityQueue<>(
            Comparator.<Task<?>>comparingLong(task -> task.dueNanos).thenComparingLong(task -> task.sequence));
    private long nowNanos = 1_000_000_000L;
    private long sequence;
    private boolean shut;

    public synchronized long nanoTime() {
        return nowNanos;
    }

    /** Moves the clock and runs everything that is due on the way, in order of time. */
    public void advance(Duration by) {
        long end = nanoTime() + by.toNanos();
        while (true) {
            Task<?> task;
            synchronized (this) {
                task = tasks.peek();
                if (task == null || task.dueNanos > end) {
                    nowNanos = end;
                    return;
                }
                tasks.poll();
                nowNanos = Math.max(nowNanos, task.dueNanos);
            }
            task.fire();
        }
    }

    /** Moves the clock without running anything: what a slow handler does. */
    public synchronized void pass(Duration by) {
        nowNanos += by.toNanos();
    }

    /** Runs what is due now. */
    public void runDue() {
        advance(Duration.ZERO);
    }

    /** Number of tasks that wait, cancelled ones not counted. */
    public synchronized int waiting() {
        return (int) tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    private synchronized <T> Task<T> add(Callable<T> body, long delay, long periodNanos, TimeUnit unit) {
        Task<T> task = new Task<>(body, nowNanos + unit.toNanos(delay), periodNanos, sequence++);
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        return schedule(callable(command), delay, unit);
    }

    @Override
    public <T> ScheduledFuture<T> schedule(Callable<T> callable, long delay, TimeUnit unit) {
        return add(callable, delay, 0, unit);
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable command, long initialDelay, long period, TimeUnit unit) {
        return add(callable(command), initialDelay, unit.toNanos(period), unit);
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable command, long initialDelay, long delay, TimeUnit unit) {
        return scheduleAtFixedRate(command, initialDelay, delay, unit);
    }

    @Override
    public void execute(Runnable command) {
        schedule(command, 0, TimeUnit.NANOSECONDS);
    }

    @Override
    public void shutdown() {
        shut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shut = true;
        List<Runnable> left = new ArrayList<>(tasks);
        tasks.clear();
        return left;
    }

    @Override
    public boolean isShutdown() {
        return shut;
    }

    @Override
    public boolean isTerminated() {
        return shut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shut;
    }

    private static Callable<Void> callable(Runnable command) {
        return () -> {
            command.run();
            return null;
        };
    }

    private final class Task<T> extends FutureTask<T> implements RunnableScheduledFuture<T> {
        private final long periodNanos;
        private final long sequence;
        private long dueNanos;

        Task(Callable<T> body, long dueNanos, long periodNanos, long sequence) {
            super(body);
            this.dueNanos = dueNanos;
            this.periodNanos = periodNanos;
            this.sequence = sequence;
        }

        void fire() {
            if (!isPeriodic()) {
                run();
                rethrow();
            } else if (runAndReset()) {
                synchronized (ManualScheduler.this) {
                    dueNanos = Math.max(dueNanos + periodNanos, nowNanos);
                    tasks.add(this);
                }
            } else {
                rethrow();
            }
        }

        /** A task that fails would vanish in silence in production, so a test shall notice. */
        private void rethrow() {
            try {
                if (isDone()) {
                    get();
                }
            } catch (CancellationException e) {
                assert isCancelled();
            } catch (Exception e) {
                throw new AssertionError("scheduled task failed", e);
            }
        }

        @Override
        public boolean isPeriodic() {
            return periodNanos > 0;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
