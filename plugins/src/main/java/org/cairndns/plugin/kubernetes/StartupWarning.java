package org.cairndns.plugin.kubernetes;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.cairndns.plugin.spi.PluginLog;
import org.jspecify.annotations.Nullable;

/** The log line of a server that starts before its cluster is read; used by the thread that starts and stops plugins. */
final class StartupWarning {
    private static final PluginLog LOG = PluginLog.of("kubernetes");

    private final Cluster cluster;
    private final Duration startupTimeout;
    private @Nullable Future<?> timer;

    StartupWarning(Cluster cluster, Duration startupTimeout) {
        this.cluster = cluster;
        this.startupTimeout = startupTimeout;
    }

    /** Warns once the time-out is over if the cluster is not read by then. */
    void schedule(ScheduledExecutorService executor) {
        timer = executor.schedule(this::warnIfUnsynced, startupTimeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    void cancel() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void warnIfUnsynced() {
        if (!cluster.isAnswering()) {
            LOG.warn("starting server with unsynced Kubernetes API: "
                    + cluster.index().missingKinds() + " not read yet from "
                    + cluster.settings().access()
                    + "; until then names that are not known get SERVFAIL");
        }
    }
}
