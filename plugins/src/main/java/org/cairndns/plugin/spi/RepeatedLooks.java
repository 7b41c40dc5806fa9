package org.cairndns.plugin.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at files that are repeated in the background until they are stopped. Used on one thread. */
public final class RepeatedLooks {
    private final List<Future<?>> timers = new ArrayList<>();

    /**
     * Repeats a look, on the server's background also one that has failed.
     *
     * @param interval from the end of one to the start of the next, the first one after it, too; zero for never
     */
    public void every(Duration interval, Runnable look, ScheduledExecutorService background) {
        long nanos = interval.toNanos();
        if (nanos > 0) {
            timers.add(background.scheduleWithFixedDelay(look, nanos, nanos, TimeUnit.NANOSECONDS));
        }
    }

    public void stop() {
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
    }
}
