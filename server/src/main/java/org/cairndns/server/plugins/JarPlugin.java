package org.cairndns.server.plugins;

import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Place;
import org.cairndns.plugin.spi.PlacedPlugin;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.PluginLog;

/** A plugin out of a jar, whose failures name the jar. */
public final class JarPlugin implements Plugin {
    private static final PluginLog LOG = PluginLog.plain();

    private final String jar;
    private final PlacedPlugin plugin;
    private final String name;
    private final Place place;

    /**
     * @param jar file name
     * @throws RuntimeException if the plugin fails to say its name or place, or says none
     */
    JarPlugin(String jar, PlacedPlugin plugin) {
        this.jar = jar;
        this.plugin = plugin;
        this.name = plugin.name();
        this.place = plugin.place();
        if (!name.matches("[a-z][a-z0-9_]*")) {
            throw new IllegalArgumentException(
                    "bad name '" + name + "', expected small letters, digits and underscores");
        }
        if (place == null) {
            throw new IllegalArgumentException("directive '" + name + "' has no place in the chain");
        }
    }

    @Override
    public String name() {
        return name;
    }

    Place place() {
        return place;
    }

    String jar() {
        return jar;
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) throws CorefileException {
        try {
            plugin.setup(occurrences, context, problems);
        } catch (RuntimeException | LinkageError e) {
            problems.add(occurrences.getFirst().position(), message("cannot be set up", e));
        }
    }

    /** The plugin's layer, whose failures to find classes are exceptions, which end as SERVFAIL. */
    public UnaryOperator<Handler> guarded(UnaryOperator<Handler> layer) {
        return next -> {
            Handler handler;
            try {
                handler = layer.apply(next);
            } catch (RuntimeException | LinkageError e) {
                throw failure("cannot be set up", e);
            }
            return query -> {
                try {
                    return handler.handle(query);
                } catch (LinkageError e) {
                    throw failure("failed", e);
                }
            };
        };
    }

    /** An action of the plugin, guarded likewise. */
    public Runnable guarded(Runnable action) {
        return () -> {
            try {
                action.run();
            } catch (LinkageError e) {
                throw failure("failed", e);
            }
        };
    }

    /** A check of the plugin's readiness; one that fails says that the plugin is not ready. */
    public BooleanSupplier guarded(BooleanSupplier ready) {
        return () -> {
            try {
                return ready.getAsBoolean();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn(message("cannot say whether it is ready", e));
                return false;
            }
        };
    }

    private IllegalStateException failure(String what, Throwable e) {
        return new IllegalStateException(message(what, e), e);
    }

    private String message(String what, Throwable e) {
        return "directive '" + name + "' of " + jar + " " + what + ": " + e;
    }

    /** As {@code -plugins} shows it. */
    @Override
    public String toString() {
        return name + " (" + jar + ", " + place + ")";
    }
}
