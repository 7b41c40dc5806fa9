package org.cairndns.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairndns.plugin.spi.Drain;
import org.cairndns.server.net.ListenGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets of addresses that a reload took out of the Corefile. They answer as before until no more queries come, for clients
 * do not hear of the reload, and then close behind the answers under way. Under the lock of the owner.
 */
final class LeavingGroups {
    private static final Logger LOG = LoggerFactory.getLogger(LeavingGroups.class);

    private static final Drain LIMITS = Drain.STANDARD;

    /** For answers under way. */
    private static final long GOODBYE_NANOS = Duration.ofSeconds(5).toNanos();

    private record Leaving(ListenGroup group, Draining draining) {}

    private record Ended(ListenAddress address, ListenGroup group, long untilNanos) {}

    private final Consumer<ListenAddress> gone;
    private final Map<ListenAddress, Leaving> leaving = new LinkedHashMap<>();
    private final List<Ended> ended = new ArrayList<>();

    /** @param gone told of addresses whose sockets take no more queries */
    LeavingGroups(Consumer<ListenAddress> gone) {
        this.gone = gone;
    }

    /** Takes over a group, to end it. */
    void add(ListenAddress address, ListenGroup group) {
        group.sendAway();
        leaving.put(address, new Leaving(group, new Draining(LIMITS, group::arrivals, System::nanoTime)));
    }

    /** Gives back the group of an address that is wanted again. */
    Optional<ListenGroup> takeBack(ListenAddress address) {
        return Optional.ofNullable(leaving.remove(address)).map(Leaving::group);
    }

    /** True if sockets of this port are here. */
    boolean has(int port) {
        return leaving.keySet().stream().anyMatch(address -> address.port() == port)
                || ended.stream().anyMatch(each -> each.address().port() == port);
    }

    /** Ends groups whose time has come. */
    void tend() {
        for (ListenAddress address : List.copyOf(leaving.keySet())) {
            Leaving each = Objects.requireNonNull(leaving.get(address));
            each.draining().look().ifPresent(reason -> {
                LOG.info("{} is not in the Corefile any more and stops answering: {}", address.label(), reason);
                leaving.remove(address);
                each.group().close();
                gone.accept(address);
                ended.add(new Ended(address, each.group(), System.nanoTime() + GOODBYE_NANOS));
            });
        }
        ended.removeIf(each -> {
            boolean over = System.nanoTime() - each.untilNanos() >= 0;
            if (over) {
                each.group().closeNow();
            }
            return over;
        });
    }

    /** Ends all, for the process does. */
    void close() {
        leaving.values().forEach(each -> each.group().closeNow());
        ended.forEach(each -> each.group().closeNow());
        leaving.clear();
        ended.clear();
    }
}
