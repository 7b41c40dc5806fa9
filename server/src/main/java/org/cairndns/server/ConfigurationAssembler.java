package org.cairndns.server;

import java.net.InetAddress;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Suggestions;
import org.cairndns.corefile.ZoneKey;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.server.query.ServerBlockTable;
import org.cairndns.wire.DomainName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maker of a {@link Configuration} out of server blocks; gathers all problems before it fails. */
final class ConfigurationAssembler {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAssembler.class);
    private static final Set<Scheme> NOT_SERVED = EnumSet.of(Scheme.QUIC, Scheme.GRPC, Scheme.HTTPS3);

    private final PluginList plugins;
    private final ProcessContext process;
    private final int defaultPort;

    /**
     * @param defaultPort port of {@code dns://} keys without one
     */
    ConfigurationAssembler(PluginList plugins, ProcessContext process, int defaultPort) {
        this.plugins = plugins;
        this.process = process;
        this.defaultPort = defaultPort;
    }

    /** Assembles without opening anything; shared resources that a faulty Corefile asks for are given back. */
    Configuration assemble(CorefileLoader.Loaded corefile, Problems problems) throws CorefileException {
        return assemble(corefile, Set.of(), problems);
    }

    /**
     * The same, but server blocks that name something that is not there are left out, with pages for probes and metrics open
     * all the same; {@link Configuration#lacking} says why.
     */
    Configuration assembleAnyhow(CorefileLoader.Loaded corefile, Problems problems) throws CorefileException {
        try {
            return assemble(corefile, Set.of(), problems);
        } catch (CorefileException e) {
            Set<ServerBlock> lacking = StandbyBlocks.lacking(corefile.blocks(), e.problems());
            if (lacking.isEmpty()) {
                throw e;
            }
            Configuration rest = assemble(corefile, lacking, new Problems(warning -> {}));
            rest.lacking.addAll(0, e.problems());
            return rest;
        }
    }

    private Configuration assemble(CorefileLoader.Loaded corefile, Set<ServerBlock> standby, Problems problems)
            throws CorefileException {
        Configuration configuration = new Configuration(corefile.hash());
        try {
            assemble(corefile, standby, configuration, problems);
            configuration.lacking.addAll(problems.waiting());
            return configuration;
        } catch (CorefileException | RuntimeException e) {
            process.shared().release(configuration.sharedKeys);
            throw e;
        }
    }

    private void assemble(
            CorefileLoader.Loaded corefile, Set<ServerBlock> standby, Configuration configuration, Problems problems)
            throws CorefileException {
        List<BlockAssembly> blocks = new ArrayList<>();
        List<BlockAssembly> unserved = new ArrayList<>();
        for (ServerBlock block : corefile.blocks()) {
            checkNames(block, problems);
            // A block whose keys are all at fault serves nothing that its directives could be set up for.
            if (standby.contains(block)) {
                unserved.add(new BlockAssembly(StandbyBlocks.rest(block), process, configuration));
            } else if (!block.zoneKeys().isEmpty()) {
                blocks.add(new BlockAssembly(block, process, configuration));
            }
        }
        for (Plugin plugin : plugins.plugins()) {
            for (BlockAssembly block : blocks) {
                setUp(plugin, block, problems);
            }
            for (BlockAssembly block : unserved) {
                setUp(plugin, block, problems);
            }
        }
        problems.throwIfAny();
        fillTables(configuration, blocks, problems);
        problems.throwIfAny();
    }

    private void checkNames(ServerBlock block, Problems problems) {
        Set<String> names = plugins.names();
        for (Directive directive : block.directives()) {
            String name = directive.name().text();
            if (names.contains(name)) {
                continue;
            }
            History.of(name)
                    .ifPresentOrElse(
                            change -> problems.report(directive.position(), change),
                            () -> problems.add(
                                    directive.position(),
                                    "unknown directive '" + name + "'" + Suggestions.hint(name, names)));
        }
    }

    private static void setUp(Plugin plugin, BlockAssembly block, Problems problems) {
        List<Directive> occurrences = block.block().directives().stream()
                .filter(directive -> directive.name().text().equals(plugin.name()))
                .toList();
        if (occurrences.isEmpty()) {
            return;
        }
        block.begin(plugin);
        try {
            plugin.setup(occurrences, block, problems);
        } catch (CorefileException e) {
            problems.addAll(e);
        } catch (InvalidPathException e) {
            // A NUL octet, or letters that file names of this locale do not have.
            problems.add(
                    occurrences.getFirst().position(),
                    "directive '" + plugin.name() + "': expected a path, got '" + e.getInput() + "': " + e.getReason());
        } catch (RuntimeException | LinkageError e) {
            LOG.error("directive '{}' cannot be set up", plugin.name(), e);
            problems.add(occurrences.getFirst().position(), "directive '" + plugin.name() + "' cannot be set up: " + e);
        }
    }

    private void fillTables(Configuration configuration, List<BlockAssembly> blocks, Problems problems) {
        Map<ListenAddress, List<ServerBlockTable.Entry>> entries = new LinkedHashMap<>();
        Map<ListenAddress, Boolean> otherClasses = new HashMap<>();
        for (BlockAssembly block : blocks) {
            configuration.debug |= block.settings().debug();
            block.settings().metadata().complete(problems);
            Optional<Handler> chain = chain(block, problems);
            Handler notifyChain = block.notifyChain();
            for (ZoneKey key : block.block().zoneKeys()) {
                if (NOT_SERVED.contains(key.scheme())) {
                    problems.report(
                            key.position(), History.of(key.scheme().prefix()).orElseThrow());
                    continue;
                }
                for (ListenAddress address : addresses(key, block, entries.keySet())) {
                    List<ServerBlockTable.Entry> there = entries.computeIfAbsent(address, a -> new ArrayList<>());
                    DomainName zone = DomainName.of(key.zone());
                    ServerBlockTable.Entry added = new ServerBlockTable.Entry(
                            zone,
                            chain,
                            notifyChain,
                            block.settings().stackTraces(),
                            block.settings().filter());
                    configuration.listeners.add(address, key, block.settings(), problems);
                    checkZone(key, address, added, there, problems);
                    there.add(added);
                    otherClasses.merge(address, block.settings().otherClasses(), Boolean::logicalOr);
                    block.noteServer(address.label());
                }
            }
            configuration.blocks.add(block.outline());
        }
        checkOverlaps(entries, blocks, problems);
        configuration.listeners.check(problems);
        entries.forEach((address, there) -> configuration.tables.put(
                address, new ServerBlockTable(there, otherClasses.getOrDefault(address, false))));
        configuration.banner.addAll(banner(entries));
    }

    /** Behind a block that takes every query for a zone no other is ever asked. */
    private static void checkZone(
            ZoneKey key,
            ListenAddress address,
            ServerBlockTable.Entry added,
            List<ServerBlockTable.Entry> there,
            Problems problems) {
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

    private static Optional<Handler> chain(BlockAssembly block, Problems problems) {
        try {
            return block.chain();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the handlers of {} cannot be put together", block.block().keys(), e);
            problems.add(block.block().keys().getFirst().position(), "cannot put the handlers together: " + e);
            return Optional.empty();
        }
    }

    /** All addresses are the same ones by whatever name, so that blocks on them share their sockets: the first name. */
    private static ListenAddress everywhere(ListenAddress address, Set<ListenAddress> known) {
        return known.stream()
                .filter(other -> address.isEverywhere()
                        && other.isEverywhere()
                        && other.scheme() == address.scheme()
                        && other.port() == address.port())
                .findFirst()
                .orElse(address);
    }

    private List<ListenAddress> addresses(ZoneKey key, BlockAssembly block, Set<ListenAddress> known) {
        int port = key.port()
                .orElse(key.scheme() == Scheme.DNS ? defaultPort : key.scheme().defaultPort());
        List<InetAddress> bound = block.settings().bindAddresses();
        if (bound.isEmpty()) {
            return List.of(everywhere(new ListenAddress(key.scheme(), Optional.empty(), port), known));
        }
        return bound.stream()
                .map(address -> everywhere(new ListenAddress(key.scheme(), Optional.of(address), port), known))
                .distinct()
                .toList();
    }

    /** The same zone and port once on every address and once on a named one would leave the answer to chance. */
    private static void checkOverlaps(
            Map<ListenAddress, List<ServerBlockTable.Entry>> entries, List<BlockAssembly> blocks, Problems problems) {
        entries.forEach((address, there) -> {
            ListenAddress everywhere =
                    everywhere(new ListenAddress(address.scheme(), Optional.empty(), address.port()), entries.keySet());
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

    private static List<String> banner(Map<ListenAddress, List<ServerBlockTable.Entry>> entries) {
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
