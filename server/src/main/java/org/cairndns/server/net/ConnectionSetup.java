package org.cairndns.server.net;

import io.netty.channel.Channel;

/** What connections of one listening address begin with; any event loop. */
interface ConnectionSetup {
    /** Connections open at a time, at least 1. */
    int maxConnections();

    /** Fills the pipeline of a connection that was just accepted. */
    void begin(Channel connection);

    /** Changes what later connections begin with. */
    void apply(ListenerSettings settings);
}
