package org.cairndns.plugin.cache;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.plugin.spi.Reports;
import org.cairndns.plugin.spi.Totals;

/** Sums of the counters of all caches that the process ever had, as metrics have them. Any thread. */
final class CacheTotals implements Reporter {
    /** Caches with equal labels share their counters, so that each is here once. */
    private final Set<CounterDataPoint> requests = ConcurrentHashMap.newKeySet();

    private final Set<CounterDataPoint> hits = ConcurrentHashMap.newKeySet();

    private CacheTotals() {}

    static CacheTotals of(Meters meters) {
        return meters.once("cache-totals", CacheTotals.class, name -> {
            CacheTotals totals = new CacheTotals();
            Reports.of(meters).add(totals);
            return totals;
        });
    }

    void add(CacheCounters counters) {
        requests.add(counters.requests());
        hits.add(counters.successHits());
        hits.add(counters.denialHits());
    }

    @Override
    public void count(Totals totals) {
        totals.add(Totals.Count.CACHE_REQUESTS, sum(requests));
        totals.add(Totals.Count.CACHE_HITS, sum(hits));
    }

    private static long sum(Set<CounterDataPoint> counters) {
        long sum = 0;
        for (CounterDataPoint counter : counters) {
            sum += counter.getLongValue();
        }
        return sum;
    }
}
