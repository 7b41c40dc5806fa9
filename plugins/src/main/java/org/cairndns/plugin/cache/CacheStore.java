package org.cairndns.plugin.cache;

import java.time.Clock;
import java.util.List;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/**
 * The part of the directive {@code cache} that keeps upstream answers; its place is below all live sources.
 *
 * <p>Unlike in CoreDNS (plugin/cache) hosts, cluster and zone files lie above, so they are asked on every query. See
 * {@link CacheTtlLimits} for the other part.
 */
public final class CacheStore implements Plugin {
    private final Clock clock = Clock.systemUTC();

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        CacheConfig config = CacheConfigReader.read(occurrences, context.block(), problems);
        CacheTable table = new CacheTable(config);
        CacheMetrics metrics = new CacheMetrics(context.server().meters(), String.join(",", config.zones()), table);
        context.handler(next -> {
            TtlRule rule = new TtlRule(config, () -> clock.millis() / 1000);
            ResponseStorage storage = new ResponseStorage(config, rule, table);
            Flights flights = new Flights(next, context.server()::nanoTime);
            Refresher refresher = new Refresher(storage, table, config.stale(), context.server()::nanoTime, flights);
            StaleAnswers stale =
                    new StaleAnswers(config, refresher, context.server().background());
            return new CacheHandler(config, table, metrics, refresher, stale);
        });
        context.onStart(metrics::showEntries);
        context.onStop(metrics::hideEntries);
    }
}
