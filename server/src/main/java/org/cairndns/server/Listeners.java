package org.cairndns.server;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cairndns.corefile.Scheme;
import org.cairndns.server.net.EventLoops;
import org.cairndns.server.net.ListenGroup;
import org.cairndns.server.query.CoreMetrics;
import org.cairndns.server.query.QueryRunner;
import org.cairndns.server.query.ServerBlockTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open sockets of the process by address, each with the core behind it. Under the lock of its owner. */
final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    /** As long as CoreDNS waits for its handlers. */
    private static final long GOODBYE_NANOS = 5_000_000_000L;

    private final EventLoops loops;
    private final Map<String, QueryRunner> runners;
    private final CoreMetrics metrics;
    private final Map<ListenAddress, ListenGroup> groups = new LinkedHashMap<>();

    /**
     * No sockets yet.
     *
     * @param runners takes the cores by metrics name of the server
     */
    Listeners(EventLoops loops, Map<String, QueryRunner> runners, CoreMetrics metrics) {
        this.loops = loops;
        this.runners = runners;
        this.metrics = metrics;
    }

    /**
     * Opens the addresses of a configuration that are not open.
     *
     * @throws IOException if one cannot be opened; then none of them stays open
     */
    void openMissing(Configuration configuration) throws IOException {
        List<ListenAddress> opened = new ArrayList<>();
        for (Map.Entry<ListenAddress, ServerBlockTable> entry : configuration.tables.entrySet()) {
            ListenAddress address = entry.getKey();
            if (groups.containsKey(address)) {
                continue;
            }
            QueryRunner runner = new QueryRunner(entry.getValue(), metrics);
            runners.put(address.label(), runner);
            opened.add(address);
            try {
                groups.put(
                        address,
                        ListenGroup.open(
                                loops, address.serverAddress(), runner, configuration.listeners.settings(address)));
            } catch (IOException e) {
                opened.forEach(this::close);
                throw e;
            }
        }
    }

    /** Puts a configuration behind the sockets, closes those that it has no use for. */
    void swap(Configuration next) {
        next.tables.forEach((address, table) ->
                Objects.requireNonNull(runners.get(address.label())).replace(table));
        for (ListenAddress address : List.copyOf(groups.keySet())) {
            if (next.tables.containsKey(address)) {
                Objects.requireNonNull(groups.get(address)).apply(next.listeners.settings(address));
            } else {
                close(address);
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

    /** Follows the addresses of the machine. */
    void rescan() {
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

    /** Takes no more queries; connections end behind the responses under way, and get the time for that. */
    void close() {
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
