package org.cairndns.server.http;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Threads and time of HTTP listeners.
 *
 * @param threads starts a thread for each task, which may block for long
 * @param background looks now and then for those that are late
 * @param clock time of day
 * @param nanoTime time for ages
 */
public record HttpSurroundings(
        Executor threads, ScheduledExecutorService background, InstantSource clock, LongSupplier nanoTime) {
    /** Those of a process. */
    public static HttpSurroundings of(Executor threads, ScheduledExecutorService background) {
        return new HttpSurroundings(threads, background, InstantSource.system(), System::nanoTime);
    }
}
