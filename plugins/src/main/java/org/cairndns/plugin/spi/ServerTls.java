package org.cairndns.plugin.spi;

import javax.net.ssl.SSLContext;

/** Identity that the encrypted servers of a block show their clients. Any thread. */
public interface ServerTls {
    /** What clients are asked for during the handshake. */
    enum ClientCertificate {
        /** No certificate. */
        NONE,
        /** A certificate that may be left out. */
        OPTIONAL,
        /** A certificate without which there is no connection. */
        REQUIRED
    }

    /** Certificate, key and checks of client certificates, another object whenever they have changed. */
    SSLContext context();

    /** What clients are asked for. */
    ClientCertificate clientCertificate();

    /** True if the two stand for the same files used in the same way, so that servers may share an address. */
    boolean isSameAs(ServerTls other);
}
