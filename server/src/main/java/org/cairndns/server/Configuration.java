package org.cairndns.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.cairndns.corefile.Problem;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.server.query.ServerBlockTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An accepted Corefile, assembled but not running.
 *
 * <p>Filled by {@link ConfigurationAssembler} on one thread, only read afterwards.
 */
final class Configuration {
    private static final Logger LOG = LoggerFactory.getLogger(Configuration.class);

    /** Something that the first sockets wait for, no longer than {@code limit} from the start on. */
    record Hold(CompletableFuture<?> done, Duration limit) {
        private void await(long startNanos) {
            try {
                long passedNanos = System.nanoTime() - startNanos;
                done.get(Math.max(0, limit.toNanos() - passedNanos), TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                LOG.debug("starts without waiting any longer: {}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final String hash;
    final Map<ListenAddress, ServerBlockTable> tables = new LinkedHashMap<>();
    final AddressSettings listeners = new AddressSettings();
    final List<String> banner = new ArrayList<>();
    final List<Runnable> starts = new ArrayList<>();
    final List<Runnable> stops = new ArrayList<>();
    final List<Runnable> processStops = new ArrayList<>();
    final List<Hold> holds = new ArrayList<>();
    final Map<InetSocketAddress, Map<String, HttpEndpoints.Responder>> http = new LinkedHashMap<>();
    final Map<String, BooleanSupplier> readiness = new TreeMap<>();
    final List<Overview.Block> blocks = new ArrayList<>();
    final Set<Object> sharedKeys = new LinkedHashSet<>();

    /** What it does without as long as it is not there, in file order. */
    final List<Problem> lacking = new ArrayList<>();

    boolean debug;

    /** What the Corefile says about the end; empty if nothing. */
    Optional<Drain> drain = Optional.empty();

    Configuration(String hash) {
        this.hash = hash;
    }

    /** SHA-512 of the Corefile, lower-case hex. */
    String hash() {
        return hash;
    }

    /** Waits until its plugins have what they want to answer with, for all at the same time, not for one after the other. */
    void awaitHolds() {
        long startNanos = System.nanoTime();
        holds.forEach(hold -> hold.await(startNanos));
    }

    /** Tells its plugins that it is over. */
    void stop() {
        stops.forEach(Configuration::runLogged);
    }

    /** Tells its plugins, after {@link #stop}, that the process ends; may take the lameduck time. */
    void stopProcess() {
        processStops.forEach(Configuration::runLogged);
    }

    /** Runs something whose failure is only logged. */
    static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            LOG.warn("a task of the server failed", e);
        }
    }
}
