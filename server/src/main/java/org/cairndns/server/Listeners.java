package org.cairndns.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.cairndns.corefile.Scheme;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.server.net.EventLoops;
import org.cairndns.server.net.ListenGroup;
import org.cairndns.server.net.PortSharing;
import org.cairndns.server.query.CoreMetrics;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.server.query.ServerBlockTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sockets of the process by address, each with the core behind it. Under the lock of its owner. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private static final PluginLog CONDITIONS = PluginLog.plain();
    private static final String PORT_TAKEN = "port_taken";

    /** As long as CoreDNS waits for its handlers. */
    private static final long GOODBYE_NANOS = 5_000_000_000L;

    /** Several round trips of a connection that is being made in one network. */
    private static final long HAND_OVER_NANOS = 100_000_000L;

    private static final int RESCAN_SECONDS = 5;

    private final EventLoops loops;
    private final Map<String, QueryRunner> runners;
    private final CoreMetrics metrics;
    private final PortSharing sharing;
    private final Map<ListenAddress, ListenGroup> groups = new LinkedHashMap<>();
    private final LeavingGroups leaving;
    private int turn;

    /** Addresses of the running configuration that could not be opened yet; read by any thread. */
    private final Set<ListenAddress> waiting = ConcurrentHashMap.newKeySet();

    /**
     * No sockets yet.
     *
     * @param runners takes the cores by metrics name of the server
     */
    Listeners(EventLoops loops, Map<String, QueryRunner> runners, CoreMetrics metrics, PortSharing sharing) {
        this.loops = loops;
        this.runners = runners;
        this.metrics = metrics;
        this.sharing = sharing;
        this.leaving = new LeavingGroups(address -> runners.remove(address.label()));
    }

    /**
     * Opens the addresses of a configuration that are not open, those aside that {@link #openPossible} waits for.
     *
     * @throws IOException if one cannot be opened; then none of them stays open
     */
    void openMissing(Configuration configuration) throws IOException {
        List<ListenAddress> opened = new ArrayList<>();
        for (ListenAddress address : configuration.tables.keySet()) {
            if (groups.containsKey(address) || waiting.contains(address)) {
                continue;
            }
            opened.add(address);
            try {
                open(address, configuration);
            } catch (IOException | RuntimeException e) {
                opened.forEach(this::close);
                throw e;
            }
        }
    }

    /** The same, but those that cannot be opened are waited for: the next call tries them again. */
    void openPossible(Configuration configuration) {
        for (ListenAddress address : configuration.tables.keySet()) {
            if (groups.containsKey(address)) {
                continue;
            }
            String label = address.label();
            try {
                open(address, configuration);
                waiting.remove(address);
                sharing.conditions().end(CONDITIONS, PORT_TAKEN, label, "listens on " + label + " now");
            } catch (IOException | RuntimeException e) {
                waiting.add(address);
                String reason = e instanceof IOException ? e.getMessage() : "listen " + label + ": " + e;
                sharing.conditions()
                        .begin(
                                CONDITIONS,
                                PORT_TAKEN,
                                label,
                                reason + "; tried again every second, not ready until then");
            }
        }
    }

    /** True while an address of the running configuration is not open; any thread. */
    boolean areMissing() {
        return !waiting.isEmpty();
    }

    private void open(ListenAddress address, Configuration configuration) throws IOException {
        ServerBlockTable table = Objects.requireNonNull(configuration.tables.get(address));
        Optional<ListenGroup> stayed = leaving.takeBack(address);
        if (stayed.isPresent()) {
            Objects.requireNonNull(runners.get(address.label())).replace(table);
            groups.put(address, stayed.get());
            return;
        }
        if (groups.keySet().stream().noneMatch(open -> open.port() == address.port()) && !leaving.has(address.port())) {
            // Later those of this process would stand in the way.
            sharing.check(address.serverAddress());
        }
        QueryRunner runner = new QueryRunner(table, metrics);
        ListenGroup group = ListenGroup.open(
                loops, address.serverAddress(), runner, configuration.listeners.settings(address), sharing);
        // Plugins that ask the server itself do so from the first query on.
        runners.put(address.label(), runner);
        groups.put(address, group);
    }

    /** Puts a configuration behind the sockets, closes those that it has no use for. */
    void swap(Configuration next) {
        for (ListenAddress address : List.copyOf(waiting)) {
            if (!next.tables.containsKey(address)) {
                waiting.remove(address);
                sharing.conditions().drop(PORT_TAKEN, address.label());
            }
        }
        next.tables.forEach((address, table) -> {
            QueryRunner runner = runners.get(address.label());
            if (runner != null) {
                runner.replace(table);
            }
        });
        for (ListenAddress address : List.copyOf(groups.keySet())) {
            if (next.tables.containsKey(address)) {
                Objects.requireNonNull(groups.get(address)).apply(next.listeners.settings(address));
            } else {
                leaving.add(address, Objects.requireNonNull(groups.remove(address)));
            }
        }
    }

    private void close(ListenAddress address) {
        ListenGroup group = groups.remove(address);
        if (group != null) {
            group.closeNow();
        }
        runners.remove(address.label());
    }

    /** Follows the addresses of the machine, lets go of sockets that nobody asks any more; to be called once a second. */
    void tend() {
        leaving.tend();
        turn = (turn + 1) % RESCAN_SECONDS;
        if (turn != 0) {
            return;
        }
        try {
            groups.values().forEach(ListenGroup::rescan);
        } catch (RuntimeException e) {
            LOG.warn("could not follow the network interfaces", e);
        }
    }

    /** Queries that came since this was asked for the first time. */
    long arrivals() {
        return groups.values().stream().mapToLong(ListenGroup::arrivals).sum();
    }

    /** Ends connections as their clients wait for nothing; all sockets stay open. */
    void sendAway() {
        groups.values().forEach(ListenGroup::sendAway);
    }

    /** True if a successor receives queries wherever this process does. */
    boolean areRelieved() {
        return sharing.isRelieved(groups.values().stream()
                .flatMap(group -> group.datagramAddresses().stream())
                .toList());
    }

    /** Lets a successor on the same addresses have new connections, and takes those that were on their way. Blocks briefly. */
    void handOver() {
        groups.values().forEach(ListenGroup::handOver);
        long untilNanos = System.nanoTime() + HAND_OVER_NANOS;
        for (long left = HAND_OVER_NANOS; left > 0; left = untilNanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** Takes no more queries; connections end behind the responses under way, and get the time for that. */
    void close() {
        leaving.close();
        groups.values().forEach(ListenGroup::close);
        long deadlineNanos = System.nanoTime() + GOODBYE_NANOS;
        groups.values().forEach(group -> group.awaitEnd(deadlineNanos - System.nanoTime()));
    }

    /** The port of the only or first listener. */
    int port() {
        return groups.values().iterator().next().port();
    }

    /** The port of the only or first listener that speaks this. */
    int port(Scheme scheme) {
        return groups.entrySet().stream()
                .filter(entry -> entry.getKey().scheme() == scheme)
                .findFirst()
                .orElseThrow()
                .getValue()
                .port();
    }

    /** The core behind the only or first listener. */
    QueryRunner queries() {
        return Objects.requireNonNull(
                runners.get(groups.keySet().iterator().next().label()));
    }
}
