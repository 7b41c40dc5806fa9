package org.cairndns.server;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Suggestions;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.Plugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maker of a {@link Configuration} out of server blocks; gathers all problems before it fails. */
final class ConfigurationAssembler {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationAssembler.class);

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
        new AddressTables(configuration, defaultPort, problems).fill(blocks);
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
}
