package org.cairndns.plugin.shed;

import io.prometheus.metrics.core.metrics.Counter;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Scheme;
import org.cairndns.corefile.ZoneKey;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ShedCounts;

/** The directive {@code shed}, which the UDP sockets of the block's addresses heed. */
public final class ShedPlugin implements Plugin {
    @Override
    public String name() {
        return "shed";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        OptionReader option = OptionReader.once(occurrences, problems);
        option.noBlock();
        option.hasArgs(0);
        for (ZoneKey key : context.block().zoneKeys()) {
            if (key.scheme() != Scheme.DNS) {
                option.fail("'shed' is for UDP, expected dns:// keys only in its block, got '" + key + "'");
            }
        }
        context.settings().shed(new Counts(context.server().meters()));
    }

    /** Counts in the process's metrics. */
    private static final class Counts implements ShedCounts {
        private final Counter dropped;

        Counts(Meters meters) {
            this.dropped = meters.counter(
                    "coredns_shed_dropped_total",
                    "Queries and responses that overloaded UDP sockets dropped.",
                    "server",
                    "reason");
        }

        @Override
        public void query(String server) {
            dropped.labelValues(server, "query").inc();
        }

        @Override
        public void response(String server) {
            dropped.labelValues(server, "response").inc();
        }
    }
}
