package org.cairndns.plugin.reload;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.plugin.spi.ServerControl;
import org.cairndns.plugin.spi.Trouble;
import org.jspecify.annotations.Nullable;

/**
 * The one timer of the process that compares the Corefile on the disk with the running one.
 *
 * <p>Outlives reloads that ask for it again. Works on the background pool, one look at a time. The lock guards what is
 * scheduled and announced; it is never held while the server reloads, for the server closes the timer with a lock of
 * its own.
 */
final class ReloadTimer implements AutoCloseable {
    private static final PluginLog LOG = PluginLog.of("reload");
    private static final String HASH = "sha512";

    /** How often it looks whether a configuration that starts is the running one, and how often at most. */
    private static final long ANNOUNCE_SECONDS = 1;

    private static final int MAX_ANNOUNCE_TRIES = 60;

    private final ServerControl control;
    private final ScheduledExecutorService background;
    private final Counter failures;
    private final Gauge version;
    private final AtomicBoolean looking = new AtomicBoolean();
    private String announced = "";
    private volatile Duration period = Duration.ZERO;

    /** What the hash was when a reload failed; not tried again until it changes. Used by one look at a time. */
    private String rejected = "";

    /** The hash in the metric, none before a changed file was seen. Used by one look at a time. */
    private String shown = "";

    private final Trouble trouble = new Trouble();
    private int announceTries;
    private boolean closed;
    private @Nullable Future<?> announcement;
    private @Nullable Future<?> look;

    ReloadTimer(ServerContext server) {
        this.control = server.control();
        this.background = server.background();
        this.failures =
                server.meters().counter("coredns_reload_failed_total", "Changed Corefiles that could not be taken up.");
        this.version = server.meters()
                .gauge(
                        "coredns_reload_version_info",
                        "Hash of the Corefile that was read last, always 1.",
                        "hash",
                        "value");
    }

    /** Looks once per period from now on, at the latest configuration's pace. */
    synchronized void start(Duration every) {
        cancel();
        if (closed) {
            return;
        }
        period = every;
        announceTries = 0;
        announcement = background.scheduleWithFixedDelay(
                this::announceLater, ANNOUNCE_SECONDS, ANNOUNCE_SECONDS, TimeUnit.SECONDS);
        look = background.scheduleWithFixedDelay(this::look, every.toNanos(), every.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public synchronized void close() {
        closed = true;
        cancel();
    }

    private void cancel() {
        stopAnnouncing();
        if (look != null) {
            look.cancel(false);
        }
    }

    private void stopAnnouncing() {
        if (announcement != null) {
            announcement.cancel(false);
        }
    }

    /** The configuration that starts runs only when its sockets are open, which plugins may delay. */
    private synchronized void announceLater() {
        announceTries++;
        announce();
        if (announceTries == MAX_ANNOUNCE_TRIES) {
            stopAnnouncing();
        }
    }

    private synchronized void announce() {
        String running = control.runningHash();
        if (!running.equals(announced) && !running.isEmpty()) {
            announced = running;
            LOG.info("Running configuration SHA512 = " + running);
            stopAnnouncing();
        }
    }

    private void look() {
        // A reload that waits for its plugins takes longer than a period may be.
        if (!looking.compareAndSet(false, true)) {
            return;
        }
        try {
            compare(control.hashOnDisk());
            trouble.end();
        } catch (IOException e) {
            warn("Corefile read failed: " + e.getMessage());
        } catch (CorefileException e) {
            warn("Corefile parse failed: " + e.getMessage());
        } catch (RuntimeException e) {
            // What a scheduled task throws ends it for good.
            warn("Corefile check failed: " + e);
        } finally {
            looking.set(false);
        }
    }

    private void compare(String onDisk) {
        String running = control.runningHash();
        if (running.isEmpty() || onDisk.equals(rejected)) {
            return;
        }
        rejected = "";
        if (onDisk.equals(running)) {
            if (!shown.isEmpty()) {
                show(onDisk);
            }
            return;
        }
        show(onDisk);
        Duration before = period;
        if (control.reload()) {
            announce();
            return;
        }
        rejected = onDisk;
        failures.inc();
        LOG.error("Corefile changed but reload failed, the running configuration goes on until it changes again");
        if (!period.equals(before)) {
            start(before);
        }
    }

    private void show(String hash) {
        if (!shown.isEmpty() && !shown.equals(hash)) {
            version.remove(HASH, shown);
        }
        shown = hash;
        version.labelValues(HASH, hash).set(1);
    }

    /** Unlike CoreDNS, which repeats it each time, a trouble that stays is logged once. */
    private void warn(String message) {
        if (trouble.isNews(message)) {
            LOG.warn(message);
        }
    }
}
