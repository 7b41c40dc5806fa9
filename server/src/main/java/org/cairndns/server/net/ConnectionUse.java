package org.cairndns.server.net;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.util.concurrent.atomic.AtomicLong;

/** When a connection was last of use to its client: written by its event loop, read by any thread. */
final class ConnectionUse {
    private static final AttributeKey<ConnectionUse> KEY = AttributeKey.valueOf(ConnectionUse.class, "use");

    private final AtomicLong lastNanos = new AtomicLong();

    private ConnectionUse() {}

    /** That of a connection. */
    static ConnectionUse of(Channel connection) {
        ConnectionUse known = connection.attr(KEY).get();
        if (known != null) {
            return known;
        }
        ConnectionUse made = new ConnectionUse();
        made.note(connection.eventLoop().ticker().nanoTime());
        ConnectionUse other = connection.attr(KEY).setIfAbsent(made);
        return other == null ? made : other;
    }

    /** The connection is of use at an instant of its event loop's clock. */
    void note(long nanos) {
        lastNanos.setRelease(nanos);
    }

    /** The last of these instants. */
    long lastNanos() {
        return lastNanos.getAcquire();
    }
}
