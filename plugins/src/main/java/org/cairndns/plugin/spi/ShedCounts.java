package org.cairndns.plugin.spi;

/** Counters of what UDP sockets that cannot keep up drop; any event loop. */
public interface ShedCounts {
    /** A query was dropped unread. */
    void query(String server);

    /** A response was dropped unsent. */
    void response(String server);
}
