package org.cairndns.plugin.spi;

import java.net.InetSocketAddress;
import java.util.List;
import org.cairndns.wire.DomainName;

/**
 * The upstreams of a server block, for a plugin that learns more of one than failed queries and checks tell: that it leads
 * back to this server, for instance.
 *
 * <p>Handed over by {@link BlockSettings#offer}. Any thread.
 */
public interface Upstreams {
    /** Addresses of the upstreams right now, each once; those that are host names may change. */
    List<InetSocketAddress> addresses();

    /** The zone whose names go to an upstream, the smallest where several do; the root if it is none of {@link #addresses}. */
    DomainName zoneOf(InetSocketAddress address);

    /**
     * No query goes to an upstream from now on, not even while all others fail. Log and condition are the caller's.
     *
     * @param address one of {@link #addresses}; others are ignored
     * @param reason what queries fail with when no other upstream is left, such as {@code leads back to this server}
     */
    void holdOut(InetSocketAddress address, String reason);

    /** Ends {@link #holdOut}: queries go to the upstream as its checks allow. */
    void takeBack(InetSocketAddress address);
}
