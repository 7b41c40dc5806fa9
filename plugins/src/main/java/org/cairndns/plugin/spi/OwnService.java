package org.cairndns.plugin.spi;

import java.net.InetAddress;

/**
 * Whether an address is that of a service in front of this server, so that packets sent there come back to it or its replicas.
 *
 * <p>Handed over by {@link BlockSettings#offer} where the cluster's objects are known. Any thread.
 */
@FunctionalInterface
public interface OwnService {
    /** True for a cluster IP of a service that has this server as an endpoint; false as long as that is not known. */
    boolean hasAddress(InetAddress address);
}
