package org.cairndns.plugin.secondary;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.cairndns.plugin.authority.ZoneSlot;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.Trouble;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.SerialNumber;
import org.cairndns.zone.data.Zone;
import org.cairndns.zone.data.ZoneException;
import org.jspecify.annotations.Nullable;

/**
 * One zone that is kept as its primaries have it (RFC 1034 4.3.5).
 *
 * <pre>
 *   none  --transferred--> fresh --refresh--> check --ok--> fresh
 *     ^                                         '--failed--> retry --ok--> fresh
 *     '---- expire after the last check that went well ----'
 * </pre>
 *
 * A check is the only thing that blocks; one runs at a time, on a thread of its own. The lock guards the fields.
 */
final class SecondaryZone implements AutoCloseable {
    private static final PluginLog LOG = PluginLog.of("secondary");

    /** Time between two checks however many NOTIFY messages come: they can be forged. */
    private static final long MIN_PAUSE_MILLIS = 1_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    /**
     * Where the zone's work is done.
     *
     * @param timer never blocked
     * @param checks takes what blocks
     */
    record Threads(ScheduledExecutorService timer, Executor checks) {}

    private final SecondaryConfig.Source source;
    private final PrimaryClient client;
    private final Threads threads;
    private final LongSupplier nanoTime;
    private final CheckTimes times;
    private final ZoneSlot slot;
    private Consumer<DomainName> changes = apex -> {};
    private @Nullable Future<?> nextCheck;
    private @Nullable Future<?> expiry;
    private boolean started;
    private boolean closed;
    private boolean checking;
    private boolean again;
    private long lastCheckNanos;
    private final Trouble trouble = new Trouble();

    SecondaryZone(
            SecondaryConfig.Source source,
            PrimaryClient client,
            Threads threads,
            LongSupplier nanoTime,
            RandomGenerator random) {
        this.source = source;
        this.client = client;
        this.threads = threads;
        this.nanoTime = nanoTime;
        this.times = new CheckTimes(random);
        this.slot = new ZoneSlot(source.apex());
    }

    ZoneSlot slot() {
        return slot;
    }

    boolean isPrimary(InetAddress address) {
        return source.primaries().stream()
                .anyMatch(primary -> primary.getAddress().equals(address));
    }

    /**
     * Begins to follow the primaries; does not wait for them.
     *
     * @param listener hears of each version from now on, in place of the one before
     */
    synchronized void start(Consumer<DomainName> listener) {
        changes = listener;
        if (!started && !closed) {
            started = true;
            scheduleCheck(0);
        }
    }

    /** A primary says that there is a new version. */
    synchronized void checkSoon() {
        if (!started || closed) {
            return;
        }
        if (checking) {
            again = true;
            return;
        }
        long sinceMillis = (nanoTime.getAsLong() - lastCheckNanos) / NANOS_PER_MILLI;
        scheduleCheck(Math.clamp(MIN_PAUSE_MILLIS - sinceMillis, 0, MIN_PAUSE_MILLIS));
    }

    private void scheduleCheck(long delayMillis) {
        if (nextCheck != null) {
            nextCheck.cancel(false);
        }
        nextCheck = schedule(this::beginCheck, delayMillis);
    }

    private @Nullable Future<?> schedule(Runnable task, long delayMillis) {
        try {
            return threads.timer().schedule(task, delayMillis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // The process ends.
            return null;
        }
    }

    private void beginCheck() {
        synchronized (this) {
            if (checking || closed) {
                return;
            }
            checking = true;
            again = false;
        }
        threads.checks().execute(this::check);
    }

    private void check() {
        String failure = "the check broke off";
        try {
            failure = update();
        } finally {
            finish(failure);
        }
    }

    /** Asks the primaries until one has a newer version; the reason if none could be asked, else empty. */
    private String update() {
        StringBuilder failures = new StringBuilder();
        boolean answered = false;
        for (InetSocketAddress primary : source.primaries()) {
            try {
                Optional<Long> known = slot.zone().map(Zone::serial);
                if (known.isEmpty() || SerialNumber.isLess(known.get(), client.serial(source.apex(), primary))) {
                    take(client.transfer(source.apex(), primary), primary);
                    return "";
                }
                answered = true;
            } catch (IOException | ZoneException | IllegalArgumentException e) {
                failures.append(failures.isEmpty() ? "" : "; ")
                        .append(text(primary))
                        .append(": ")
                        .append(e.getMessage());
            }
        }
        return answered ? "" : failures.toString();
    }

    private void take(Zone zone, InetSocketAddress primary) {
        Consumer<DomainName> listener;
        synchronized (this) {
            if (closed) {
                return;
            }
            slot.set(zone);
            listener = changes;
        }
        LOG.info("Transferred: " + source.apex() + " from " + text(primary) + " with " + zone.serial() + " SOA serial");
        listener.accept(source.apex());
    }

    private synchronized void finish(String failure) {
        checking = false;
        lastCheckNanos = nanoTime.getAsLong();
        if (closed) {
            return;
        }
        Optional<Zone> zone = slot.zone();
        if (failure.isEmpty() && zone.isPresent()) {
            trouble.end();
            times.succeeded();
            scheduleExpiry(zone.get());
            scheduleCheck(again ? MIN_PAUSE_MILLIS : times.refreshMillis(zone.get()));
            return;
        }
        long delay = again ? MIN_PAUSE_MILLIS : times.retryMillis(zone);
        if (trouble.isNews(failure)) {
            LOG.warn("All primaries of '" + source.apex() + "' failed, retrying in " + delay + "ms: " + failure);
        }
        scheduleCheck(delay);
    }

    private void scheduleExpiry(Zone zone) {
        if (expiry != null) {
            expiry.cancel(false);
        }
        expiry = schedule(this::expire, CheckTimes.expiryMillis(zone));
    }

    private synchronized void expire() {
        if (!closed && slot.zone().isPresent()) {
            slot.clear("expired");
            LOG.error("Zone " + source.apex() + " is expired");
        }
    }

    /** Follows the primaries no longer. */
    @Override
    public synchronized void close() {
        closed = true;
        client.close();
        if (nextCheck != null) {
            nextCheck.cancel(false);
        }
        if (expiry != null) {
            expiry.cancel(false);
        }
    }

    private static String text(InetSocketAddress primary) {
        return primary.getAddress().getHostAddress() + ":" + primary.getPort();
    }
}
