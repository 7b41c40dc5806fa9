package org.cairndns.corefile;

import java.util.Locale;

/** The transport a server block key asks for. */
public enum Scheme {
    DNS(53),
    TLS(853),
    QUIC(853),
    GRPC(443),
    HTTPS(443),
    HTTPS3(443);

    private final int defaultPort;

    Scheme(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The port of a key that names none. For {@link #DNS} the command line may set another. */
    public int defaultPort() {
        return defaultPort;
    }

    /** The scheme as written, {@code tls}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a key starts with, {@code tls://}; matched as it stands, in lower case. */
    public String prefix() {
        return text() + "://";
    }
}
