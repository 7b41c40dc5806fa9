package org.cairndns.plugin.prometheus;

import java.net.Inet4Address;
import java.util.Arrays;
import java.util.List;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;

/**
 * Numbers of the series of one server block, found without building a key.
 *
 * <p>One row per listener name and protocol that a query came to so far; there are few, all from the Corefile. Any
 * thread; rows are added by replacing the array.
 */
final class SeriesTable {
    private static final int FAMILIES = 2;

    private final QueryMetrics metrics;
    private final String view;
    private final String plugin;
    private final List<String> zones;
    private volatile Row[] rows = new Row[0];

    SeriesTable(QueryMetrics metrics, String view, String plugin, List<String> zones) {
        this.metrics = metrics;
        this.view = view;
        this.plugin = plugin;
        this.zones = zones;
    }

    /**
     * Series of a query.
     *
     * @param zone index into the zones
     */
    int series(Query query, int zone) {
        int family = query.client().getAddress() instanceof Inet4Address ? 0 : 1;
        return row(query.listener()).series[zone * FAMILIES + family];
    }

    private Row row(ListenerInfo listener) {
        for (Row row : rows) {
            if (row.isFor(listener)) {
                return row;
            }
        }
        return add(listener);
    }

    private synchronized Row add(ListenerInfo listener) {
        for (Row row : rows) {
            if (row.isFor(listener)) {
                return row;
            }
        }
        String proto = listener.transport().label();
        int[] series = new int[zones.size() * FAMILIES];
        for (int i = 0; i < series.length; i++) {
            String family = String.valueOf(1 + i % FAMILIES);
            series[i] = metrics.series(
                    new SeriesKey(listener.server(), zones.get(i / FAMILIES), view, proto, family, plugin));
        }
        Row row = new Row(listener.server(), proto, series);
        Row[] grown = Arrays.copyOf(rows, rows.length + 1);
        grown[rows.length] = row;
        rows = grown;
        return row;
    }

    private static final class Row {
        private final String server;
        private final String proto;
        private final int[] series;

        Row(String server, String proto, int[] series) {
            this.server = server;
            this.proto = proto;
            this.series = series;
        }

        boolean isFor(ListenerInfo listener) {
            return server.equals(listener.server())
                    && proto.equals(listener.transport().label());
        }
    }
}
