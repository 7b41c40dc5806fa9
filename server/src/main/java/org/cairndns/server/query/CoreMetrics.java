package org.cairndns.server.query;

import org.cairndns.wire.Query;

/** What the core counts itself: replies that no server block made. */
public interface CoreMetrics {
    /** A query was answered with this RCODE without or in spite of a server block. */
    void dropped(Query query, int rcode);

    /** An HTTP response with this status left one of our {@code https://} servers. */
    void httpsResponded(String server, int status);

    /** Counts of connections. */
    default ConnectionMetrics connections() {
        return ConnectionMetrics.NONE;
    }

    /** Counts of UDP sockets. */
    default DatagramMetrics datagrams() {
        return DatagramMetrics.NONE;
    }

    /** A handler threw. */
    void panicked();
}
