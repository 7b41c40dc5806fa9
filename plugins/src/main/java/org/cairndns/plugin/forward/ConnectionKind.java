package org.cairndns.plugin.forward;

/** Transport of a connection to an upstream. */
enum ConnectionKind {
    UDP("udp", 1_000, Integer.MAX_VALUE),
    TCP("tcp", Integer.MAX_VALUE, 16),
    TLS("tcp-tls", Integer.MAX_VALUE, 16),
    HTTPS("https", 1_000_000, 64);

    private final String label;
    private final int maxSent;
    private final int busy;

    ConnectionKind(String label, int maxSent, int busy) {
        this.label = label;
        this.maxSent = maxSent;
        this.busy = busy;
    }

    /** Value of the metrics label {@code proto}. */
    String label() {
        return label;
    }

    /** True if messages travel in a stream of octets. */
    boolean isStream() {
        return this != UDP;
    }

    /** Messages after which another connection takes over: a UDP port is not to be guessed, HTTP/2 numbers its streams. */
    int maxSent() {
        return maxSent;
    }

    /** Queries under way after which another connection is opened: many servers answer those of a stream one by one. */
    int busy() {
        return busy;
    }

    /** The transport of an upstream; only plain DNS leaves a choice. */
    static ConnectionKind of(UpstreamAddress address, boolean stream) {
        return switch (address.scheme()) {
            case TLS -> TLS;
            case HTTPS -> HTTPS;
            case DNS, QUIC, GRPC, HTTPS3 -> stream ? TCP : UDP;
        };
    }
}
