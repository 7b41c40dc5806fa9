package org.cairndns.plugin.cache;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Problems;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.MemoryShares;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.plugin.spi.ServerContext;

/**
 * The part of the directive {@code cache} that keeps upstream answers; its place is below all live sources.
 *
 * <p>Unlike in CoreDNS (plugin/cache) hosts, cluster and zone files lie above, so they are asked on every query. See
 * {@link CacheTtlLimits} for the other part. What is kept outlives a reload that does not touch it, see {@link CacheIdentity}.
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
        List<String> above = List.copyOf(context.handlerOrder());
        CacheMetrics metrics = new CacheMetrics(context.server().meters(), String.join(",", config.zones()));
        MemoryShares memory = context.server().memory();
        if (config.maxOctets() > memory.heapOctets() / 2) {
            problems.warn(
                    occurrences.getFirst().position(),
                    "'max_bytes' of 'cache' is more than half of the server's heap of " + (memory.heapOctets() >> 20)
                            + " MB; start it with a larger one (-Xmx)");
        }
        long maxOctets = config.maxOctets() > 0 ? config.maxOctets() : standardOctets(memory);
        WaitingPlaces places =
                WaitingPlaces.of(context, ThreadLocalRandom.current().nextInt());
        List<ExpirySweep> sweeps = new CopyOnWriteArrayList<>();
        context.handler(next -> {
            CacheIdentity identity = CacheIdentity.of(context, config, above);
            CacheTable table = context.shared(identity, () -> new CacheTable(config, maxOctets));
            sweeps.addAll(
                    table.sweeps(context.server()::nanoTime, context.server().background()));
            metrics.use(table);
            Flights flights = new Flights(next, context.server()::nanoTime, places);
            return handler(config, table, metrics, context.server(), flights);
        });
        context.onStart(metrics::showSizes);
        context.onStop(metrics::hideSizes);
        context.onStart(() -> sweeps.forEach(ExpirySweep::start));
        context.onStop(() -> sweeps.forEach(ExpirySweep::stop));
    }

    /** What fits beside all that is on the heap besides: a full cache of answers of the usual size does. */
    private static long standardOctets(MemoryShares memory) {
        return Math.max(CacheConfig.MIN_OCTETS, memory.cacheOctets());
    }

    private CacheHandler handler(
            CacheConfig config, CacheTable table, CacheMetrics metrics, ServerContext server, Flights flights) {
        TtlRule rule = new TtlRule(config, () -> clock.millis() / 1000);
        ResponseStorage storage = new ResponseStorage(config, rule, table);
        UpstreamState upstreams = new UpstreamState();
        Refresher refresher = new Refresher(storage, table, config.stale(), flights, upstreams);
        StaleAnswers answers = new StaleAnswers(config, refresher, server.background());
        StaleIfError ifError = new StaleIfError(table, refresher, upstreams, answers, server.background());
        return new CacheHandler(config, table, metrics, refresher, new CacheHandler.Stale(answers, ifError));
    }
}
