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
import java.util.function.BooleanSupplier;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.plugin.spi.HttpEndpoints;
import org.cairndns.plugin.spi.ServerControl.EnabledPlugin;
import org.cairndns.server.query.ServerBlockTable;

/**
 * An accepted Corefile, assembled but not running.
 *
 * <p>Filled by {@link ConfigurationAssembler} on one thread, only read afterwards.
 */
final class Configuration {
    /** Something that the first sockets wait for, no longer than {@code limit}. */
    record Hold(CompletableFuture<?> done, Duration limit) {}

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
    final Set<EnabledPlugin> enabled = new LinkedHashSet<>();
    final Set<Object> sharedKeys = new LinkedHashSet<>();
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
}
