package org.cairndns.server;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.ZoneKey;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.server.query.ServerBlockTable;
import org.cairndns.wire.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which server block answers for which zones at which address: the tables of a {@link Configuration} that is being made. */
final class AddressTables {
    private static final Logger LOG = LoggerFactory.getLogger(AddressTables.class);
    private static final Set<Scheme> NOT_SERVED = EnumSet.of(Scheme.QUIC, Scheme.GRPC, Scheme.HTTPS3);

    private final Configuration configuration;
    private final int defaultPort;
    private final Problems problems;
    private final Map<ListenAddress, List<ServerBlockTable.Entry>> entries = new LinkedHashMap<>();

    /** True for an address of which a block takes classes other than IN. */
    private final Map<ListenAddress, Boolean> otherClasses = new HashMap<>();

    /**
     * No tables yet.
     *
     * @param defaultPort port of {@code dns://} keys without one
     * @param problems takes what is wrong
     */
    AddressTables(Configuration configuration, int defaultPort, Problems problems) {
        this.configuration = configuration;
        this.defaultPort = defaultPort;
        this.problems = problems;
    }

    /** Fills them from blocks whose directives are set up, in the order of the Corefile. */
    void fill(List<BlockAssembly> blocks) {
        for (BlockAssembly block : blocks) {
            configuration.debug |= block.settings().debug();
            block.settings().metadata().complete(problems);
            add(block);
            configuration.blocks.add(block.outline());
        }
        checkOverlaps(blocks);
        configuration.listeners.check(problems);
        entries.forEach((address, there) -> configuration.tables.put(
                address, new ServerBlockTable(there, otherClasses.getOrDefault(address, false))));
        configuration.banner.addAll(banner());
    }

    private void add(BlockAssembly block) {
        Optional<Handler> chain = chain(block);
        Handler notifyChain = block.notifyChain();
        for (ZoneKey key : block.block().zoneKeys()) {
            if (NOT_SERVED.contains(key.scheme())) {
                problems.report(
                        key.position(), History.of(key.scheme().prefix()).orElseThrow());
                continue;
            }
            for (ListenAddress address : addresses(key, block)) {
                List<ServerBlockTable.Entry> there = entries.computeIfAbsent(address, a -> new ArrayList<>());
                ServerBlockTable.Entry added = new ServerBlockTable.Entry(
                        DomainName.of(key.zone()),
                        chain,
                        notifyChain,
                        block.settings().stackTraces(),
                        block.settings().filter());
                configuration.listeners.add(address, key, block.settings(), problems);
                checkZone(key, address, added, there);
                there.add(added);
                otherClasses.merge(address, block.settings().otherClasses(), Boolean::logicalOr);
                block.noteServer(address.label());
            }
        }
    }

    /** Behind a block that takes every query for a zone no other is ever asked. */
    private void checkZone(
            ZoneKey key, ListenAddress address, ServerBlockTable.Entry added, List<ServerBlockTable.Entry> there) {
        if (there.stream()
                .noneMatch(entry ->
                        entry.zone().equals(added.zone()) && entry.filter().isEmpty())) {
            return;
        }
        if (added.filter().isEmpty()) {
            problems.add(
                    key.position(),
                    "zone '" + key + "' is already defined for " + address.label()
                            + " by a block above; make one block of the two");
        } else {
            problems.warn(
                    key.position(),
                    "zone '" + key + "' is never asked here, the block above takes every query for it on "
                            + address.label() + "; put it below those with a 'view'");
        }
    }

    private Optional<Handler> chain(BlockAssembly block) {
        try {
            return block.chain();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the handlers of {} cannot be put together", block.block().keys(), e);
            problems.add(block.block().keys().getFirst().position(), "cannot put the handlers together: " + e);
            return Optional.empty();
        }
    }

    /** All addresses are the same ones by whatever name, so that blocks on them share their sockets: the first name. */
    private ListenAddress everywhere(ListenAddress address) {
        return entries.keySet().stream()
                .filter(other -> address.isEverywhere()
                        && other.isEverywhere()
                        && other.scheme() == address.scheme()
                        && other.port() == address.port())
                .findFirst()
                .orElse(address);
    }

    private List<ListenAddress> addresses(ZoneKey key, BlockAssembly block) {
        int port = key.port()
                .orElse(key.scheme() == Scheme.DNS ? defaultPort : key.scheme().defaultPort());
        List<InetAddress> bound = block.settings().bindAddresses();
        if (bound.isEmpty()) {
            return List.of(everywhere(new ListenAddress(key.scheme(), Optional.empty(), port)));
        }
        return bound.stream()
                .map(address -> everywhere(new ListenAddress(key.scheme(), Optional.of(address), port)))
                .distinct()
                .toList();
    }

    /** The same zone and port once on every address and once on a named one would leave the answer to chance. */
    private void checkOverlaps(List<BlockAssembly> blocks) {
        entries.forEach((address, there) -> {
            ListenAddress everywhere =
                    everywhere(new ListenAddress(address.scheme(), Optional.empty(), address.port()));
            if (address.equals(everywhere) || !entries.containsKey(everywhere)) {
                return;
            }
            for (ServerBlockTable.Entry entry : there) {
                if (entries.get(everywhere).stream()
                        .anyMatch(other -> other.zone().equals(entry.zone())
                                && other.filter().isEmpty()
                                && entry.filter().isEmpty())) {
                    problems.add(
                            blocks.getFirst().block().zoneKeys().getFirst().position(),
                            "zone '" + entry.zone() + "' on port " + address.port()
                                    + " is served on every address and on " + address.host()
                                    + " again; give each block a 'bind'");
                }
            }
        });
    }

    private List<String> banner() {
        Set<String> lines = new TreeSet<>();
        entries.forEach((address, there) -> there.forEach(entry -> lines.add(prefix(address) + entry.zone() + ":"
                + address.port()
                + address.address().map(a -> " on " + a.getHostAddress()).orElse(""))));
        return List.copyOf(lines);
    }

    private static String prefix(ListenAddress address) {
        return address.scheme() == Scheme.DNS ? "" : address.scheme().prefix();
    }
}
