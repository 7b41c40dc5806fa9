package org.cairndns.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.cairndns.plugin.PluginList;
import org.cairndns.server.plugins.PluginFolder;
import picocli.CommandLine.Option;

/** The part of a command line that says where plugins from outside are. */
final class PluginOptions {
    private final Optional<Path> named;
    private final Path usual;

    @Option(
            names = {"-plugins.dir", "--plugins.dir"},
            paramLabel = "DIR",
            description = "Folder of jars with further plugins (default: $CAIRN_PLUGINS_DIR, else plugins.d beside the"
                    + " server if it is there)")
    private Optional<Path> given = Optional.empty();

    @Option(
            names = {"-plugins.strict", "--plugins.strict"},
            description = "Refuse to start when a jar in that folder cannot be used, instead of leaving it out")
    private boolean strict;

    /**
     * @param named folder that the environment names
     * @param usual folder that is read if it exists and no other is named
     */
    PluginOptions(Optional<Path> named, Path usual) {
        this.named = named;
        this.usual = usual;
    }

    /**
     * The built-in plugins with those of the folder.
     *
     * @param warnings told of each jar that is left out
     * @throws IOException if a folder that is named cannot be read, or a jar is at fault and that is not allowed
     */
    PluginList load(Consumer<String> warnings) throws IOException {
        Optional<Path> folder =
                given.or(() -> named).or(() -> Optional.of(usual).filter(Files::isDirectory));
        if (folder.isEmpty()) {
            return PluginList.builtIn();
        }
        if (!Files.isDirectory(folder.get())) {
            throw new IOException("plugins folder " + folder.get() + " does not exist");
        }
        PluginFolder.Found found = PluginFolder.read(folder.get(), PluginList.builtIn());
        if (strict && !found.faults().isEmpty()) {
            throw new IOException(String.join("\n", found.faults()));
        }
        found.faults().forEach(warnings);
        return found.plugins();
    }
}
