package org.cairndns.server.net;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listeners of one transport of one server, by local address; wildcards stand for all addresses of a family.
 *
 * <p>For one thread at a time.
 */
final class LocalListeners<L extends DnsListener> {
    private static final Logger LOG = LoggerFactory.getLogger(LocalListeners.class);

    /** Opens a listener of this transport. */
    @FunctionalInterface
    interface Opener<L> {
        /** @throws IOException as {@link BindFailure} makes it */
        L open(InetAddress local) throws IOException;
    }

    private final String server;
    private final Opener<L> opener;
    private final Map<InetAddress, L> open = new LinkedHashMap<>();
    private final Set<InetAddress> taken = new LinkedHashSet<>();

    /** @param server for the log */
    LocalListeners(String server, Opener<L> opener) {
        this.server = server;
        this.opener = opener;
    }

    /** Opens one that has to be there. */
    void open(InetAddress local) throws IOException {
        open.put(local, opener.open(local));
    }

    /** Opens all of these; an address that is not ready, such as a new IPv6 one, is for {@link #follow} to come back to. */
    void openAll(Collection<InetAddress> locals) throws IOException {
        for (InetAddress local : locals) {
            try {
                open(local);
            } catch (IOException e) {
                if (BindFailure.isFamilyMissing(e)) {
                    LOG.info("{}", e.getMessage());
                } else if (BindFailure.isAddressMissing(e)) {
                    LOG.warn("{}, tried again every few seconds", e.getMessage());
                } else {
                    throw e;
                }
            }
        }
    }

    /** Opens those of these addresses that other processes leave; false if there is none. */
    boolean openFree(Collection<InetAddress> locals) throws IOException {
        for (InetAddress local : locals) {
            try {
                openAll(List.of(local));
            } catch (IOException e) {
                if (!BindFailure.isPortTaken(e)) {
                    throw e;
                }
                taken.add(local);
            }
        }
        return !open.isEmpty();
    }

    /** Opens listeners on addresses that have come or become free, closes those on addresses that have gone. */
    void follow(Collection<InetAddress> locals) {
        if (locals.isEmpty()) {
            return;
        }
        taken.retainAll(locals);
        for (InetAddress local : locals) {
            if (open.containsKey(local)) {
                continue;
            }
            try {
                open(local);
                taken.remove(local);
                LOG.info("{} also listens on {}", server, local.getHostAddress());
            } catch (IOException e) {
                LOG.debug("{} cannot listen on {} yet: {}", server, local, e.getMessage());
                if (BindFailure.isPortTaken(e)) {
                    taken.add(local);
                }
            }
        }
        for (Iterator<Map.Entry<InetAddress, L>> it = open.entrySet().iterator(); it.hasNext(); ) {
            Map.Entry<InetAddress, L> entry = it.next();
            if (!locals.contains(entry.getKey())) {
                entry.getValue().closeNow();
                it.remove();
                LOG.info("{} no longer listens on {}", server, entry.getKey().getHostAddress());
            }
        }
    }

    /** Addresses that others have. */
    Set<InetAddress> taken() {
        return taken;
    }

    Collection<L> all() {
        return open.values();
    }

    void closeNow() {
        open.values().forEach(DnsListener::closeNow);
        open.clear();
    }
}
