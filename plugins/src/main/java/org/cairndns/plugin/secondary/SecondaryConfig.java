package org.cairndns.plugin.secondary;

import java.net.InetSocketAddress;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/**
 * What the {@code secondary} directives of a server block say together.
 *
 * @param sources zones with their primaries; of several with one zone the last holds
 * @param fallthrough names that go on to the next handler, whichever directive says so
 */
record SecondaryConfig(List<Source> sources, Zones fallthrough) {
    SecondaryConfig {
        sources = List.copyOf(sources);
    }

    /**
     * A zone and where it comes from.
     *
     * @param primaries at least one, asked in this order
     */
    record Source(DomainName apex, List<InetSocketAddress> primaries) {
        Source {
            primaries = List.copyOf(primaries);
        }
    }
}
