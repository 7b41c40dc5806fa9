package org.cairndns.plugin.forward;

/** Transport of a connection to an upstream. */
enum ConnectionKind {
    UDP("udp"),
    TCP("tcp"),
    TLS("tcp-tls");

    private final String label;

    ConnectionKind(String label) {
        this.label = label;
    }

    /** Value of the metrics label {@code proto}. */
    String label() {
        return label;
    }

    /** True if messages are framed in a stream of octets. */
    boolean isStream() {
        return this != UDP;
    }

    /** The transport of an upstream; one that speaks TLS speaks nothing else. */
    static ConnectionKind of(UpstreamAddress address, boolean stream) {
        return address.tls() ? TLS : stream ? TCP : UDP;
    }
}
