package org.cairndns.plugin.prometheus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Repetition;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.spi.ServerContext;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;

/** Layer that counts every query of a server block with the reply to it, one that comes later when it comes. */
final class MetricsHandler implements Handler {
    private static final String OUTSIDE = ".";

    private final Handler next;
    private final ServerContext clock;
    private final QueryMetrics metrics;
    private final SeriesTable table;

    /** Longest first, so that the first match is the closest one; the table's last zone stands for no match. */
    private final DomainName[] zones;

    /**
     * @param zones the block's zones, absolute
     * @param labels view of the block and the handler that replies are put down to
     */
    MetricsHandler(Handler next, ServerContext server, List<String> zones, Labels labels) {
        this.next = next;
        this.clock = server;
        this.metrics = QueryMetrics.of(server.meters());
        List<String> sorted = new ArrayList<>(zones);
        sorted.remove(OUTSIDE);
        sorted.sort(Comparator.comparingInt(String::length).reversed());
        this.zones = sorted.stream().map(DomainName::of).toArray(DomainName[]::new);
        sorted.add(OUTSIDE);
        this.table = new SeriesTable(metrics, labels.view(), labels.plugin(), sorted);
    }

    record Labels(String view, String plugin) {}

    @Override
    public Reply handle(Query query) {
        long start = clock.nanoTime();
        Reply reply = next.handle(query);
        if (reply instanceof Reply.Pending) {
            return reply.then(done -> record(query, done, start));
        }
        return record(query, reply, start);
    }

    @Override
    public Repetition repetition(Query query) {
        Repetition inner = next.repetition(query);
        return inner.isNever() ? inner : new CountedRepetition(inner, metrics, series(query));
    }

    private Reply record(Query query, Reply reply, long start) {
        if (reply instanceof Reply.Messages messages) {
            int series = series(query);
            return messages.whenClosed(
                    query,
                    (last, before) -> metrics.recordStream(series, query, last, before, clock.nanoTime() - start));
        }
        metrics.record(series(query), query, reply, clock.nanoTime() - start);
        return reply;
    }

    private int series(Query query) {
        return table.series(query, zone(query.qname()));
    }

    private int zone(DomainName qname) {
        for (int i = 0; i < zones.length; i++) {
            if (qname.isAtOrBelow(zones[i])) {
                return i;
            }
        }
        return zones.length;
    }
}
