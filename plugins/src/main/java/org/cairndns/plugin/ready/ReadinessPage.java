package org.cairndns.plugin.ready;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.spi.HttpEndpoints.Responder;
import org.cairndns.plugin.spi.PluginLog;
import org.cairndns.plugin.spi.ServerControl;

/**
 * The page {@code /ready}: 200 with {@code OK}, or 503 with the names of the plugins that are not ready, sorted and
 * separated by commas.
 */
final class ReadinessPage implements Responder {
    private static final PluginLog LOG = PluginLog.of("ready");
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final ServerControl control;
    private final boolean continuously;
    private final Set<String> onceReady = ConcurrentHashMap.newKeySet();
    private final OnceReady before;
    private volatile boolean stopping;

    /**
     * @param continuously false if what was ready once counts as ready for good
     * @param before what the pages at this address said in earlier configurations
     */
    ReadinessPage(ServerControl control, boolean continuously, OnceReady before) {
        this.control = control;
        this.continuously = continuously;
        this.before = before;
    }

    /** The process ends: clients shall go elsewhere while health still waits for them. */
    void stop() {
        stopping = true;
    }

    @Override
    public Page get() {
        // Unlike CoreDNS, which closes the port: both fail the probe, and this says why.
        if (stopping) {
            return page(UNAVAILABLE, "stopping");
        }
        // A reload comes to all servers of a cluster at once: if it made them unready, there would be nobody left.
        if (!continuously && before.isSet()) {
            return page(OK, "OK");
        }
        List<String> missing = missing();
        if (missing.isEmpty()) {
            before.set();
            return page(OK, "OK");
        }
        LOG.info(missing.stream().collect(Collectors.joining("\", \"", "Plugins not ready: \"", "\"")));
        return page(UNAVAILABLE, String.join(",", missing));
    }

    private List<String> missing() {
        Set<String> missing = new TreeSet<>();
        control.readiness().forEach((plugin, check) -> {
            if (!continuously && onceReady.contains(plugin)) {
                return;
            }
            if (check.getAsBoolean()) {
                onceReady.add(plugin);
            } else {
                missing.add(plugin);
            }
        });
        return new ArrayList<>(missing);
    }

    private static Page page(int status, String body) {
        return new Page(status, TEXT, body.getBytes(StandardCharsets.UTF_8));
    }
}
