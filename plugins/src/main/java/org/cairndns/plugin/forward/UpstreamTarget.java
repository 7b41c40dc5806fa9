package org.cairndns.plugin.forward;

import org.cairndns.corefile.Scheme;

/** Upstreams as the Corefile names them: an address, or a host name or file that stands for addresses. */
sealed interface UpstreamTarget permits UpstreamAddress, UpstreamHost, UpstreamFile {
    /** How it is asked: {@link Scheme#DNS}, {@link Scheme#TLS} or {@link Scheme#HTTPS}. */
    Scheme scheme();

    /** Name that the upstream's certificate must be for; empty for its IP address. */
    String serverName();

    /** The same target with another server name. */
    UpstreamTarget withServerName(String name);

    /** The target in messages. */
    String label();
}
