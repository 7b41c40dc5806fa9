package org.cairndns.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.plugin.spi.ServerControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What plugins may ask of a server that runs. */
final class ProcessControl implements ServerControl {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessControl.class);

    private final RunningServer server;
    private final ServerOptions options;
    private final LossWatch losses;

    ProcessControl(RunningServer server, ServerOptions options, LossWatch losses) {
        this.server = server;
        this.options = options;
        this.losses = losses;
    }

    @Override
    public String version() {
        return BuildInfo.version();
    }

    @Override
    public String runningHash() {
        return server.running().hash();
    }

    @Override
    public String hashOnDisk() throws IOException, CorefileException {
        return server.source().hashOnDisk(runningHash());
    }

    @Override
    public boolean reload() {
        return server.reload();
    }

    @Override
    public void fail(String reason) {
        LOG.error("{}", reason);
        options.exit().accept(1);
    }

    @Override
    public Optional<String> loss() {
        return losses.loss();
    }

    @Override
    public boolean isStrict() {
        return options.start().strict();
    }

    @Override
    public Map<String, BooleanSupplier> readiness() {
        Configuration current = server.running();
        // The ready page is open before the DNS sockets are; who asks then shall send no queries yet.
        boolean listens = !current.tables.isEmpty() && !server.waitsForAddresses();
        Map<String, BooleanSupplier> checks = new HashMap<>(current.readiness);
        if (current.hash().isEmpty() || !listens) {
            checks.put("server", () -> false);
        }
        return checks;
    }

    @Override
    public Set<EnabledPlugin> enabledPlugins() {
        Set<EnabledPlugin> enabled = new LinkedHashSet<>();
        for (Overview.Block block : server.running().blocks) {
            for (String address : block.servers()) {
                block.handlers()
                        .forEach(handler -> enabled.add(
                                new EnabledPlugin(address, block.zones().getFirst(), block.view(), handler)));
            }
        }
        return enabled;
    }

    @Override
    public Overview overview() {
        return server.course().overview(server.source().isRejected());
    }
}
