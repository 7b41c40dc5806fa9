package org.cairndns.server.query;

import java.util.List;

/** What is counted of UDP sockets apart from queries, looked at when it is asked for; any thread. */
public interface DatagramMetrics {
    /** Counts nothing. */
    DatagramMetrics NONE = new DatagramMetrics() {
        @Override
        public void opened(Sockets sockets) {}

        @Override
        public void closed(Sockets sockets) {}
    };

    /** The UDP sockets of one address of a server. */
    interface Sockets {
        /** The server, as in metrics. */
        String server();

        /** The kernel's numbers for the sockets that are open now; those without one are left out. */
        List<Integer> descriptors();

        /** Clients that have a receive queue of their own now. */
        int clientsApart();
    }

    /** There are sockets from now on. */
    void opened(Sockets sockets);

    /** They are closed, or about to be; a second call is harmless. */
    void closed(Sockets sockets);
}
