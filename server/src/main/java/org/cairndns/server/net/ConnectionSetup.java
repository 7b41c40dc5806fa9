package org.cairndns.server.net;

import io.netty.channel.Channel;
import org.cairndns.server.query.ConnectionMetrics;

/** What connections of one listening address begin with; any event loop. */
interface ConnectionSetup {
    /** Connections open at a time, at least 1. */
    int maxConnections();

    /** Connections that one client may have open of these. */
    int maxConnectionsOfClient();

    /** Octets of heap that one takes. */
    int octetsEach();

    /** Name of the server in metrics. */
    String server();

    /** Where connections are counted. */
    ConnectionMetrics metrics();

    /** Fills the pipeline of a connection that was just accepted. */
    void begin(Channel connection);

    /** Changes what later connections begin with. */
    void apply(ListenerSettings settings);
}
