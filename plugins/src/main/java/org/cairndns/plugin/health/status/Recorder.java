package org.cairndns.plugin.health.status;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.Failures;
import org.cairndns.plugin.spi.HostName;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Reports;
import org.cairndns.plugin.spi.ServerContext;
import org.jspecify.annotations.Nullable;

/**
 * Memory of what the status page shows: reads what the process counts every {@value History#INTERVAL_SECONDS} s, and takes note
 * of what goes wrong.
 *
 * <p>One for the process, which outlives reloads that ask for it again. Any thread.
 */
public final class Recorder implements AutoCloseable {
    private final ServerContext server;
    private final InstantSource clock;
    private final Reports reports;
    private final Conditions conditions;
    private final Failures failures;
    private final ConditionLog log;
    private final History history;
    private final UpstreamTimes upstreams;
    private int readings;
    private @Nullable Future<?> timer;

    /** Remembers nothing yet. */
    public Recorder(ServerContext server, InstantSource clock) {
        this.server = server;
        this.clock = clock;
        this.reports = Reports.of(server.meters());
        this.conditions = Conditions.of(server.meters());
        this.failures = Failures.of(server.meters());
        this.log = new ConditionLog(server::nanoTime);
        this.history = new History(counted());
        this.upstreams = new UpstreamTimes(server.nanoTime(), reports.all());
    }

    /** Begins; does nothing if it has. */
    public synchronized void start() {
        if (timer == null) {
            conditions.watch(log);
            failures.watch();
            timer = server.background()
                    .scheduleWithFixedDelay(
                            this::read, History.INTERVAL_SECONDS, History.INTERVAL_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public synchronized void close() {
        if (timer != null) {
            timer.cancel(false);
            conditions.unwatch(log);
            failures.unwatch();
        }
    }

    private void read() {
        history.add(counted());
        if (readings++ % History.READINGS_PER_MINUTE == 0) {
            upstreams.turn(server.nanoTime(), reports.all());
        }
    }

    private Counted counted() {
        return new Counted(server.nanoTime(), reports.totals());
    }

    /** How it is now. */
    Status now() {
        Counted now = counted();
        List<Report> all = reports.all();
        return new Status(
                new Status.Moment(clock.instant(), now.atNanos()),
                new Status.Server(
                        HostName.of(server),
                        server.control().version(),
                        server.control().runningHash(),
                        server.control().overview(),
                        notReady(server.control().readiness())),
                new Status.Traffic(now.totals(), history.lastMinute(now), history.readings()),
                Status.Parts.of(all, upstream -> upstreams.of(upstream, now.atNanos())),
                new Status.Troubles(log.lasting(), log.ended(), failures.latest()));
    }

    private static List<String> notReady(Map<String, BooleanSupplier> checks) {
        TreeSet<String> missing = new TreeSet<>();
        checks.forEach((plugin, check) -> {
            if (!check.getAsBoolean()) {
                missing.add(plugin);
            }
        });
        return List.copyOf(missing);
    }
}
