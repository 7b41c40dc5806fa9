package org.cairndns.plugin.prometheus;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.HostPort;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.HttpAddress;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ServerContext;

/** The directive <code>prometheus [ADDRESS] { runtime_metrics ; aliases on|off }</code>, once per server block. */
public final class PrometheusPlugin implements Plugin {
    private static final HostPort STANDARD_ADDRESS = new HostPort("localhost", 9153);
    private static final String RUNTIME_METRICS = "runtime_metrics";
    private static final String ALIASES = "aliases";
    private static final String TLS = "tls";

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.hasArgs(0, 1);
        InetSocketAddress address = HttpAddress.read(option, STANDARD_ADDRESS);
        MetricsPage.Content content = content(option);
        ServerContext server = context.server();
        registerProcess(server);
        server.http().serve(address, "/metrics", new MetricsPage(server.meters(), content));
        UnaryOperator<Handler> layer = next -> handler(next, context);
        context.handler(layer);
        context.notifyHandler(layer);
    }

    private static MetricsPage.Content content(OptionReader option) {
        boolean runtimeMetrics = false;
        boolean aliases = MetricsPage.Content.STANDARD.aliases();
        for (OptionReader property : option.properties(List.of(RUNTIME_METRICS, ALIASES, TLS))) {
            switch (property.name()) {
                case RUNTIME_METRICS -> {
                    property.hasArgs(0);
                    runtimeMetrics = true;
                }
                case ALIASES -> aliases = property.word(List.of("on", "off")).equals("on");
                default ->
                    property.fail(
                            "'tls' is not supported, expected plain HTTP on an address that only Prometheus reaches");
            }
        }
        return new MetricsPage.Content(runtimeMetrics, aliases);
    }

    private Handler handler(Handler next, BlockContext context) {
        List<String> order = context.handlerOrder();
        int below = order.indexOf(name()) + 1;
        // CoreDNS means the handler that wrote the reply, but what it shows is the one right below, as dashboards know.
        String plugin = below > 0 && below < order.size() ? order.get(below) : "";
        MetricsHandler.Labels labels =
                new MetricsHandler.Labels(context.settings().view(), plugin);
        return new MetricsHandler(next, context.server(), context.zones(), labels);
    }

    /** Metrics that are there once this plugin is, whatever else happens. */
    private static void registerProcess(ServerContext server) {
        Meters meters = server.meters();
        QueryMetrics.of(meters);
        meters.counter("coredns_panics_total", "Failures of handlers that were turned into SERVFAIL.");
        meters.gauge("coredns_build_info", "Build of this server, always 1.", "version", "revision", "goversion")
                .labelValues(
                        server.control().version(),
                        "",
                        "java" + Runtime.version().feature())
                .set(1);
        meters.once(EnabledPluginsCollector.class.getSimpleName(), EnabledPluginsCollector.class, name -> {
            EnabledPluginsCollector collector = new EnabledPluginsCollector(server.control());
            meters.registry().register(collector);
            return collector;
        });
    }
}
