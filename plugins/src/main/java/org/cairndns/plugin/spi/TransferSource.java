package org.cairndns.plugin.spi;

import java.util.Optional;
import org.cairndns.wire.DomainName;

/** What a plugin can hand over in zone transfers; offered by {@link BlockSettings#transferSources()}. */
@FunctionalInterface
public interface TransferSource {
    /**
     * The zone with exactly this apex as it is now, empty if the plugin has none. Any thread; never blocks.
     *
     * @param apex in any letter case
     */
    Optional<TransferableZone> zone(DomainName apex);
}
