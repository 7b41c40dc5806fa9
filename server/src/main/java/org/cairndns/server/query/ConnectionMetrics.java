package org.cairndns.server.query;

/** Counts of connections over TCP, TLS and HTTPS; any thread. */
public interface ConnectionMetrics {
    /** Counts nothing. */
    ConnectionMetrics NONE = new ConnectionMetrics() {
        @Override
        public void opened(String server) {}

        @Override
        public void closed(String server) {}

        @Override
        public void ended(String server, ConnectionEnd reason) {}
    };

    /** A server has one more. */
    void opened(String server);

    /** A server has one less, whoever ended it. */
    void closed(String server);

    /** A server ended one by itself. */
    void ended(String server, ConnectionEnd reason);
}
