package org.cairndns.plugin.spi;

import io.netty.channel.EventLoopGroup;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

/** What all server blocks of a process share; any thread. */
public interface ServerContext {
    /** Metrics of the process. */
    Meters meters();

    /** Loops that queries run on; handlers may open sockets on them. */
    EventLoopGroup eventLoops();

    /** A small pool for what may block: files, timers, probes. */
    ScheduledExecutorService background();

    /** HTTP endpoints for health, readiness, metrics. */
    HttpEndpoints http();

    /** What plugins may ask of the process. */
    ServerControl control();

    /** Folder that relative paths in the Corefile start from. */
    Path directory();

    /** What tables that clients can fill may take of the process's memory. */
    MemoryShares memory();

    /** Environment of the process as references in the Corefile see it. */
    default Map<String, String> environment() {
        return Map.of();
    }

    /** Time for durations, nanoseconds as of {@link System#nanoTime}. */
    long nanoTime();
}
