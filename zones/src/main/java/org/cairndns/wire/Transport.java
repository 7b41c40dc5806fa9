package org.cairndns.wire;

/** Way a query came in. */
public enum Transport {
    UDP("udp"),
    TCP("tcp"),
    TLS("tcp"),
    HTTPS("tcp");

    private final String label;

    Transport(String label) {
        this.label = label;
    }

    /** Value of the {@code proto} label in metrics and logs: {@code udp} or {@code tcp}. */
    public String label() {
        return label;
    }

    /** True if nobody on the way can read along; a proxy that ends TLS is as far as we see. */
    public boolean isEncrypted() {
        return this == TLS || this == HTTPS;
    }

    /** True if messages of up to 65,535 octets may be sent. */
    public boolean isStream() {
        return this != UDP;
    }
}
