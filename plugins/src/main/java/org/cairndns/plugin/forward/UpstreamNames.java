package org.cairndns.plugin.forward;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
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
import org.cairndns.plugin.spi.RepeatedLooks;
import org.jspecify.annotations.Nullable;

/**
 * Keeper of the addresses of a directive's upstreams.
 *
 * <p>Host names are looked up at the start, again every 30 seconds, and sooner while one is not known. A name that is not found
 * keeps the addresses it had. Files, and whether an upstream is this server itself, are looked at every two seconds. Any
 * thread, the one that starts it aside, which reads files.
 */
final class UpstreamNames {
    private static final PluginLog LOG = PluginLog.of("forward");
    private static final long REFRESH_MILLIS = 30_000;
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final Duration LOOKS = Duration.ofSeconds(2);

    private final List<UpstreamTarget> targets;
    private final AddressLookup lookup;
    private final Consumer<List<UpstreamAddress>> user;
    private final ScheduledExecutorService background;
    private final UpstreamSurroundings surroundings;
    private final boolean hasHosts;
    private final RepeatedLooks looks = new RepeatedLooks();
    private final CompletableFuture<Void> known = new CompletableFuture<>();

    /** Of the task, which runs one at a time. */
    private final Map<UpstreamHost, List<InetAddress>> addresses = new HashMap<>();

    private List<UpstreamAddress> inUse;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private volatile boolean stopped;

    /** A keeper that tells {@code user} the addresses whenever they change. */
    UpstreamNames(
            List<UpstreamTarget> targets,
            AddressLookup lookup,
            Consumer<List<UpstreamAddress>> user,
            ScheduledExecutorService background,
            UpstreamSurroundings surroundings) {
        this.targets = targets;
        this.lookup = lookup;
        this.user = user;
        this.background = background;
        this.surroundings = surroundings;
        this.hasHosts = targets.stream().anyMatch(UpstreamHost.class::isInstance);
        // The user has those that need no looking.
        this.inUse = hasHosts
                ? List.of()
                : targets.stream()
                        .filter(UpstreamAddress.class::isInstance)
                        .map(UpstreamAddress.class::cast)
                        .toList();
    }

    /** Complete once every name has addresses. */
    CompletableFuture<Void> known() {
        return known;
    }

    /** True if there is a host name among the upstreams. */
    boolean hasHosts() {
        return hasHosts;
    }

    /** Begins to look. */
    void start() {
        surroundings.look();
        if (hasHosts) {
            lookUp();
        } else {
            tell(false);
        }
        looks.every(LOOKS, this::lookAround, background);
    }

    private void lookAround() {
        surroundings.look();
        tell(true);
    }

    private void lookUp() {
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
        looks.stop();
        surroundings.leave();
    }

    private synchronized void note(UpstreamHost host, List<InetAddress> found, @Nullable Throwable failure) {
        String name = host.host().host();
        if (failure == null) {
            surroundings.known(name);
            // Servers that rotate the addresses of a name do not change it.
            if (!new HashSet<>(addresses.getOrDefault(host, List.of())).equals(new HashSet<>(found))) {
                addresses.put(host, List.copyOf(found));
            }
        } else {
            String state = addresses.containsKey(host) ? ", the addresses known before stay" : "";
            surroundings.unknown(name, "cannot look up upstream " + name + state + ": " + reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private synchronized void tell(boolean isNews) {
        List<UpstreamAddress> wanted = upstreams();
        if (!wanted.equals(inUse)) {
            inUse = wanted;
            user.accept(wanted);
            if (isNews) {
                LOG.info("upstreams are "
                        + String.join(
                                " ", wanted.stream().map(UpstreamAddress::label).toList()));
            }
        }
    }

    private synchronized void lookedUp() {
        tell(true);
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
                background.schedule(this::lookUp, waitMillis, TimeUnit.MILLISECONDS);
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
                case UpstreamFile file ->
                    surroundings.serversOf(file).forEach(address -> found.putIfAbsent(address.address(), address));
                case UpstreamHost host ->
                    addresses.getOrDefault(host, List.of()).stream()
                            .map(host::at)
                            .forEach(address -> found.putIfAbsent(address.address(), address));
            }
        }
        return surroundings.others(List.copyOf(found.values()));
    }
}
