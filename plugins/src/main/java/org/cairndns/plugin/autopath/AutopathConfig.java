package org.cairndns.plugin.autopath;

import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.Zones;

/**
 * What the {@code autopath} directive says.
 *
 * @param zones names outside are not touched
 * @param search the same path for all clients, without the root at the end
 * @param provider plugin of the same block that knows the paths of the clients; empty for {@code search}
 */
record AutopathConfig(Zones zones, List<DomainName> search, String provider) {
    AutopathConfig {
        search = List.copyOf(search);
    }
}
