package org.cairndns.plugin.dns64;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>dns64 [PREFIX] { ... }</code>, once per server block. */
public final class Dns64Plugin implements Plugin {
    @Override
    public String name() {
        return "dns64";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        Dns64Config config = Dns64ConfigReader.read(occurrences, problems);
        Counter translated = context.server()
                .meters()
                .counter(
                        "coredns_dns64_requests_translated_total",
                        "Counter of DNS requests translated by dns64.",
                        "server");
        context.handler(next -> new Dns64Handler(config, context::resolve, translated, next));
    }
}
