package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.cairndns.plugin.spi.PluginLog;
import org.jspecify.annotations.Nullable;

/**
 * Keeper of the addresses of those upstreams of a directive that are host names.
 *
 * <p>Looks all names up at the start, again every 30 seconds, and sooner while one is not known. A name that is not found
 * keeps the addresses it had. Any thread.
 */
final class UpstreamNames {
    private static final PluginLog LOG = PluginLog.of("forward");
    private static final long REFRESH_MILLIS = 30_000;
    private static final long FIRST_RETRY_MILLIS = 500;

    private final List<UpstreamTarget> targets;
    private final AddressLookup lookup;
    private final Consumer<List<UpstreamAddress>> user;
    private final ScheduledExecutorService background;
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    /** Of the task, which runs one at a time. */
    private final Map<UpstreamHost, List<InetAddress>> addresses = new HashMap<>();

    private List<UpstreamAddress> inUse = List.of();
    private long retryMillis = FIRST_RETRY_MILLIS;
    private volatile boolean stopped;

    /** A keeper that tells {@code user} the addresses whenever they change. */
    UpstreamNames(
            List<UpstreamTarget> targets,
            AddressLookup lookup,
            Consumer<List<UpstreamAddress>> user,
            ScheduledExecutorService background) {
        this.targets = targets;
        this.lookup = lookup;
        this.user = user;
        this.background = background;
    }

    /** Complete once every name has addresses. */
    CompletableFuture<Void> known() {
        return known;
    }

    /** Begins to look names up. */
    void start() {
        if (stopped) {
            return;
        }
        List<CompletableFuture<Void>> lookups = new ArrayList<>();
        for (UpstreamTarget target : targets) {
            if (target instanceof UpstreamHost host) {
                lookups.add(lookup.addressesOf(host.host().host()).handle((found, failure) -> {
                    note(host, found == null ? List.of() : found, failure);
                    return null;
                }));
            }
        }
        CompletableFuture.allOf(lookups.toArray(CompletableFuture[]::new)).thenRun(this::lookedUp);
    }

    void stop() {
        stopped = true;
    }

    private synchronized void note(UpstreamHost host, List<InetAddress> found, @Nullable Throwable failure) {
        if (failure == null) {
            // Servers that rotate the addresses of a name do not change it.
            if (!new HashSet<>(addresses.getOrDefault(host, List.of())).equals(new HashSet<>(found))) {
                addresses.put(host, List.copyOf(found));
            }
        } else {
            String state = addresses.containsKey(host) ? ", the addresses known before stay" : "";
            LOG.warn("cannot look up upstream " + host.host().host() + state + ": " + reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private synchronized void lookedUp() {
        List<UpstreamAddress> wanted = upstreams();
        if (!wanted.equals(inUse)) {
            inUse = wanted;
            user.accept(wanted);
            LOG.info("upstreams are "
                    + String.join(
                            " ", wanted.stream().map(UpstreamAddress::label).toList()));
        }
        boolean all =
                targets.stream().allMatch(target -> !(target instanceof UpstreamHost) || addresses.containsKey(target));
        if (all) {
            known.complete(null);
        }
        long wait = all ? REFRESH_MILLIS : retryMillis;
        retryMillis = Math.min(2 * retryMillis, REFRESH_MILLIS);
        again(wait);
    }

    private void again(long waitMillis) {
        if (!stopped) {
            try {
                background.schedule(this::start, waitMillis, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The process ends.
                stopped = true;
            }
        }
    }

    /** The upstreams that the targets stand for, in order, each address once. */
    private List<UpstreamAddress> upstreams() {
        Map<InetSocketAddress, UpstreamAddress> found = new LinkedHashMap<>();
        for (UpstreamTarget target : targets) {
            switch (target) {
                case UpstreamAddress address -> found.putIfAbsent(address.address(), address);
                case UpstreamHost host ->
                    addresses.getOrDefault(host, List.of()).stream()
                            .map(host::at)
                            .forEach(address -> found.putIfAbsent(address.address(), address));
            }
        }
        return List.copyOf(found.values());
    }
}
