package org.cairndns.zone;

import java.util.List;
import org.cairndns.wire.DomainName;

/**
 * Zones that a directive is about. Immutable, any thread.
 *
 * <p>Made for the few zones of a configuration: a lookup goes through all of them, and allocates nothing.
 *
 * @param names in the order of the configuration
 */
public record Zones(List<DomainName> names) {
    /** No zone. */
    public static final Zones NONE = new Zones(List.of());

    public Zones {
        names = List.copyOf(names);
    }

    /** Zones in text. */
    public static Zones of(List<String> zones) {
        return new Zones(zones.stream().map(DomainName::of).toList());
    }

    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** Index in {@link #names} of the longest zone that the name equals or lies below, -1 if there is none. */
    public int closest(DomainName name) {
        int closest = -1;
        for (int i = 0; i < names.size(); i++) {
            DomainName zone = names.get(i);
            if (name.isAtOrBelow(zone)
                    && (closest < 0 || zone.length() > names.get(closest).length())) {
                closest = i;
            }
        }
        return closest;
    }

    /** True if the name equals one of the zones or lies below it. */
    public boolean covers(DomainName name) {
        for (int i = 0; i < names.size(); i++) {
            DomainName zone = names.get(i);
            if (zone.length() == 1 || name.isAtOrBelow(zone)) {
                return true;
            }
        }
        return false;
    }
}
