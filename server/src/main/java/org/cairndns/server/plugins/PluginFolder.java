package org.cairndns.server.plugins;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.cairndns.plugin.PluginList;
import org.cairndns.plugin.spi.PlacedPlugin;

/**
 * Reader of a folder of jars with plugins, in the order of their file names.
 *
 * <p>Each jar gets a class loader of its own below the server's, which stays open as long as the process. A jar with any
 * fault is left out as a whole, so that what is in the list later works as far as its classes can tell.
 */
public final class PluginFolder {
    /** Words of the Corefile that no plugin can be called by. */
    private static final Set<String> RESERVED = Set.of("import");

    private static final String SERVICE = "META-INF/services/" + PlacedPlugin.class.getName();

    private final List<String> faults = new ArrayList<>();
    private PluginList plugins;

    private PluginFolder(PluginList builtIn) {
        this.plugins = builtIn;
    }

    /**
     * What a folder yields.
     *
     * @param plugins the built-in ones with those of the folder in their places
     * @param faults one line for each jar that is left out, with its name
     */
    public record Found(PluginList plugins, List<String> faults) {}

    /** Reads the jars of a folder; blocks on files. */
    public static Found read(Path folder, PluginList builtIn) throws IOException {
        PluginFolder reader = new PluginFolder(builtIn);
        List<Path> jars;
        try (Stream<Path> files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        List<List<JarPlugin>> found = new ArrayList<>();
        for (Path jar : jars) {
            try {
                found.add(pluginsOf(jar));
            } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
                reader.leaveOut(jar.getFileName().toString(), reason(e));
            }
        }
        reader.place(found);
        return new Found(reader.plugins, List.copyOf(reader.faults));
    }

    private static List<JarPlugin> pluginsOf(Path jar) throws IOException {
        new JarFile(jar.toFile()).close();
        String name = jar.getFileName().toString();
        JarLoader loader = new JarLoader(name, jar.toUri().toURL());
        List<JarPlugin> plugins = new ArrayList<>();
        try {
            ServiceLoader.load(PlacedPlugin.class, loader).stream()
                    .forEach(provider -> plugins.add(new JarPlugin(name, provider.get())));
            if (plugins.isEmpty()) {
                throw new IOException("no class in " + SERVICE);
            }
            return plugins;
        } catch (IOException | RuntimeException | Error e) {
            loader.close();
            throw e;
        }
    }

    /** Loader of one jar, to whom only the plugins of this jar are known. */
    private static final class JarLoader extends URLClassLoader {
        JarLoader(String name, URL jar) {
            super(name, new URL[] {jar}, PluginFolder.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.equals(SERVICE) ? findResources(name) : super.getResources(name);
        }
    }

    /** Jars may name directives of jars behind them, so those that could not be placed are tried again. */
    private void place(List<List<JarPlugin>> jars) {
        List<List<JarPlugin>> waiting = new ArrayList<>(jars);
        boolean progress = true;
        while (progress) {
            progress = waiting.removeIf(this::tryToPlace);
        }
        for (List<JarPlugin> jar : waiting) {
            JarPlugin first = jar.stream()
                    .filter(plugin -> !plugins.names().contains(plugin.place().directive()))
                    .findFirst()
                    .orElse(jar.getFirst());
            leaveOut(first.jar(), "directive '" + first.name() + "' goes " + first.place() + ", which is not there");
        }
    }

    /** True if the jar is done with, be it placed or left out. */
    private boolean tryToPlace(List<JarPlugin> jar) {
        PluginList extended = plugins;
        for (JarPlugin plugin : jar) {
            if (extended.names().contains(plugin.name()) || RESERVED.contains(plugin.name())) {
                leaveOut(plugin.jar(), "directive '" + plugin.name() + "' is there already");
                return true;
            }
            if (!extended.names().contains(plugin.place().directive())) {
                return false;
            }
            extended = extended.with(plugin, plugin.place());
        }
        plugins = extended;
        return true;
    }

    private void leaveOut(String jar, String reason) {
        faults.add("plugin jar " + jar + " is left out: " + reason);
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause instanceof ServiceConfigurationError && cause.getCause() != null) {
            cause = cause.getCause();
        }
        String first = e instanceof ServiceConfigurationError ? e.getMessage() + ": " : "";
        return first + cause;
    }
}
