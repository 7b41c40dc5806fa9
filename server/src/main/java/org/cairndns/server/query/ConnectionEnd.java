package org.cairndns.server.query;

import java.util.Locale;

/** Why the server ends a connection that its client did not end. */
public enum ConnectionEnd {
    /** A query did not come to its end in time, or the first did not come at all. */
    READ,

    /** No query for a while. */
    IDLE,

    /** The client did not take its responses. */
    WRITE,

    /** Idle longest of the client that has most, where there was no room for another one. */
    EVICTED,

    /** No room, and none to be made. */
    REFUSED;

    /** Value of the label {@code reason}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
