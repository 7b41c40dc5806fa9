package org.cairndns.plugin.authority;

import java.util.Optional;
import org.cairndns.wire.DomainName;

/** Choice of the zone that answers for a name. */
@FunctionalInterface
public interface ZoneFinder {
    /** The zone with the longest name that {@code qname} equals or lies below. Any thread; allocates nothing. */
    Optional<ZoneSlot> find(DomainName qname);
}
