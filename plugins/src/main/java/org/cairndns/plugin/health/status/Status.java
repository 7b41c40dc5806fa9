package org.cairndns.plugin.health.status;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.cairndns.plugin.spi.Failures.Failure;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Totals;

/** All that is shown of a server at one moment. */
record Status(Moment moment, Server server, Traffic traffic, Parts parts, Troubles troubles) {
    /** In one word. */
    enum State {
        OK,
        DEGRADED,
        NOT_READY,
        STOPPING;

        /** Lower case, as in JSON and for style sheets. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The same moment by both clocks. */
    record Moment(Instant instant, long nanos) {
        Instant of(long otherNanos) {
            return instant.minusNanos(nanos - otherNanos);
        }

        double secondsSince(long otherNanos) {
            return Math.max(0, nanos - otherNanos) / 1e9;
        }
    }

    /**
     * The server.
     *
     * @param name of the host, in a cluster that of the pod
     * @param notReady plugins that are not
     */
    record Server(String name, String version, String hash, Overview overview, List<String> notReady) {}

    /** Queries: all since the start, the last minute, the last 15 minutes. */
    record Traffic(Totals totals, Reading lastMinute, List<Reading> history) {}

    /** An upstream and how it answered lately. */
    record Upstream(Report.Upstream report, UpstreamTimes.Times times) {
        boolean isUp() {
            return report.state() == Report.Upstream.State.UP;
        }
    }

    /** What plugins report. */
    record Parts(List<Report.Cluster> clusters, List<Upstream> upstreams, List<Report.Cache> caches) {
        static Parts of(List<Report> reports, Function<Report.Upstream, UpstreamTimes.Times> times) {
            Parts parts = new Parts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Report report : reports) {
                switch (report) {
                    case Report.Cluster cluster -> parts.clusters.add(cluster);
                    case Report.Upstream upstream -> parts.upstreams.add(new Upstream(upstream, times.apply(upstream)));
                    case Report.Cache cache -> parts.caches.add(cache);
                }
            }
            return parts;
        }
    }

    /** What is wrong, what was, and why queries failed. */
    record Troubles(List<ConditionLog.Lasting> lasting, List<ConditionLog.Ended> ended, List<Failure> failures) {}

    State state() {
        if (server.overview().ending()) {
            return State.STOPPING;
        }
        if (!server.notReady().isEmpty()) {
            return State.NOT_READY;
        }
        return troubles.lasting().isEmpty() ? State.OK : State.DEGRADED;
    }

    /** False where no server block counts its queries. */
    boolean isCounted() {
        return server.overview().blocks().stream()
                .anyMatch(block -> block.handlers().contains("prometheus"));
    }
}
