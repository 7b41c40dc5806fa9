package org.cairndns.plugin.autopath;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.SearchPaths;

/** The directive {@code autopath [ZONES...] FILE|@kubernetes}, once per server block. */
public final class AutopathPlugin implements Plugin {
    private static final PluginLog LOG = PluginLog.of("autopath");

    @Override
    public String name() {
        return "autopath";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        AutopathConfig config = AutopathConfigReader.read(occurrences, context, problems);
        Counter successes = context.server()
                .meters()
                .counter("coredns_autopath_success_total", "Counter of requests that did autopath.", "server");
        // Plugins further down offer their search paths later than this, but before the layers are put together.
        context.handler(next -> new AutopathHandler(config.zones(), paths(config, context), successes, next));
        if (!config.provider().isEmpty()) {
            context.onStart(() -> warnIfNotOffered(config, context));
        }
    }

    private static SearchPaths paths(AutopathConfig config, BlockContext context) {
        if (config.provider().isEmpty()) {
            return query -> config.search();
        }
        return context.settings().searchPaths().getOrDefault(config.provider(), query -> List.of());
    }

    private static void warnIfNotOffered(AutopathConfig config, BlockContext context) {
        if (!context.settings().searchPaths().containsKey(config.provider())) {
            LOG.warn("no effect, for '" + config.provider()
                    + "' of this server block does not know the clients; it needs 'pods verified'");
        }
    }
}
