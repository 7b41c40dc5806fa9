package org.cairndns.plugin.prometheus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.plugin.spi.DurationBuckets;
import org.cairndns.plugin.spi.Meters;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.Reporter;
import org.cairndns.plugin.spi.Reports;
import org.cairndns.plugin.spi.ThreadCounters;
import org.cairndns.plugin.spi.Totals;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;

/**
 * Counts of queries and responses of the process, the {@code coredns_dns_*} metrics.
 *
 * <p>Any thread. Recording a query touches only arrays of the recording thread, and allocates nothing once the series is
 * known.
 */
public final class QueryMetrics implements Reporter {
    private static final int HEADER_OCTETS = 12;
    private static final int TYPE_AND_CLASS_OCTETS = 4;
    private static final int OPT_OCTETS = 11;

    private final ThreadCounters counters = new ThreadCounters(QuerySlots.COUNT);
    private final Map<SeriesKey, Integer> ids = new HashMap<>();
    private final List<SeriesKey> keys = new ArrayList<>();
    private final SeriesTable dropped = new SeriesTable(this, "", "", List.of("dropped"));

    private QueryMetrics() {}

    /** The process's counts, registered with its metrics on first use. */
    public static QueryMetrics of(Meters meters) {
        return meters.once("coredns_dns", QueryMetrics.class, name -> {
            QueryMetrics metrics = new QueryMetrics();
            meters.registry().register(new QueryMetricsCollector(metrics));
            Reports.of(meters).add(metrics);
            return metrics;
        });
    }

    /**
     * Counts a query that no server block answered: the core's own REFUSED and SERVFAIL. Its zone is {@code dropped},
     * view and plugin are empty, it took no time.
     */
    public void recordDropped(Query query, int rcode) {
        ThreadCounters.Shard shard = counters.mine();
        long[] slots = shard.counters(dropped.series(query, 0));
        addQuery(shard, slots, query, 0);
        addResponse(shard, slots, QuerySlots.UNWRITTEN + QuerySlots.rcode(rcode), bareOctets(query));
    }

    /** Counts a query of a series with its reply, which is not a {@link Reply.Pending}. */
    void record(int series, Query query, Reply reply, long nanos) {
        ThreadCounters.Shard shard = counters.mine();
        long[] slots = shard.counters(series);
        addQuery(shard, slots, query, nanos);
        switch (reply) {
            case Reply.Answered answered -> {
                Response response = answered.response();
                int slot = QuerySlots.WRITTEN + QuerySlots.rcode(response.rcode());
                addResponse(shard, slots, slot, octets(query, response));
            }
            case Reply.Failed failed ->
                addResponse(shard, slots, QuerySlots.UNWRITTEN + QuerySlots.rcode(failed.rcode()), 0);
            case Reply.Dropped dropping -> addResponse(shard, slots, QuerySlots.UNWRITTEN + Rcode.NOERROR, 0);
            case Reply.Messages messages -> throw new IllegalArgumentException("reply to " + query + " is a stream");
            case Reply.Pending pending -> throw new IllegalArgumentException("reply to " + query + " is pending");
        }
    }

    /** Counts one more query like one that was counted before. */
    void record(QueryTally tally, long nanos) {
        ThreadCounters.Shard shard = counters.mine();
        long[] slots = shard.counters(tally.series());
        addQuery(shard, slots, tally.type(), tally.queryOctets(), tally.dnssecOk(), nanos);
        addResponse(shard, slots, tally.rcode(), tally.responseOctets());
    }

    /** Counts a query of a series whose response was several messages as one response of their size. */
    void recordStream(int series, Query query, Optional<Response> last, long octetsBefore, long nanos) {
        ThreadCounters.Shard shard = counters.mine();
        long[] slots = shard.counters(series);
        addQuery(shard, slots, query, nanos);
        int rcode = last.map(Response::rcode).orElse(Rcode.NOERROR);
        long octets =
                octetsBefore + last.map(response -> octets(query, response)).orElse(0);
        int slot = (last.isPresent() ? QuerySlots.WRITTEN : QuerySlots.UNWRITTEN) + QuerySlots.rcode(rcode);
        addResponse(shard, slots, slot, (int) Math.min(octets, Integer.MAX_VALUE));
    }

    private static void addQuery(ThreadCounters.Shard shard, long[] slots, Query query, long nanos) {
        boolean dnssecOk = query.edns().dnssecOk();
        addQuery(shard, slots, QuerySlots.type(query.qtype()), query.sizeOctets(), dnssecOk, nanos);
    }

    private static void addQuery(
            ThreadCounters.Shard shard, long[] slots, int type, int octets, boolean dnssecOk, long nanos) {
        shard.add(slots, type, 1);
        shard.add(slots, QuerySlots.QUERY_SIZE + QuerySlots.sizeBucket(octets), 1);
        shard.add(slots, QuerySlots.QUERY_SIZE_SUM, octets);
        if (dnssecOk) {
            shard.add(slots, QuerySlots.DNSSEC_OK, 1);
        }
        shard.add(slots, QuerySlots.DURATION + DurationBuckets.bucket(nanos), 1);
        shard.add(slots, QuerySlots.DURATION_SUM_NANOS, nanos);
    }

    private static void addResponse(ThreadCounters.Shard shard, long[] slots, int rcodeSlot, int octets) {
        shard.add(slots, rcodeSlot, 1);
        shard.add(slots, QuerySlots.RESPONSE_SIZE + QuerySlots.sizeBucket(octets), 1);
        shard.add(slots, QuerySlots.RESPONSE_SIZE_SUM, octets);
    }

    /** Unlike CoreDNS, which counts names uncompressed, this is the size on the wire before truncation and OPT echo. */
    static int octets(Query query, Response response) {
        int opt = response.hasEdns() && query.edns().present() ? OPT_OCTETS + response.ednsOptions().length : 0;
        return bareOctets(query) + response.recordOctets() + opt;
    }

    private static int bareOctets(Query query) {
        return HEADER_OCTETS + query.qname().length() + TYPE_AND_CLASS_OCTETS;
    }

    /** Number of a series, a new one for a new key. */
    synchronized int series(SeriesKey key) {
        return ids.computeIfAbsent(key, absent -> {
            keys.add(absent);
            return keys.size() - 1;
        });
    }

    /** Keys of all series, by number. */
    synchronized List<SeriesKey> keys() {
        return List.copyOf(keys);
    }

    @Override
    public void count(Totals totals) {
        int servfail = QuerySlots.rcode(Rcode.SERVFAIL);
        int count = keys().size();
        for (int series = 0; series < count; series++) {
            long[] slots = sums(series);
            totals.durations().add(slots, QuerySlots.DURATION);
            totals.add(
                    Totals.Count.SERVFAIL,
                    slots[QuerySlots.WRITTEN + servfail] + slots[QuerySlots.UNWRITTEN + servfail]);
            for (int type = QuerySlots.TYPE; type < QuerySlots.TYPE + QuerySlots.types(); type++) {
                totals.add(Totals.Count.QUERIES, slots[type]);
            }
        }
    }

    long[] sums(int series) {
        return counters.sums(series);
    }
}
