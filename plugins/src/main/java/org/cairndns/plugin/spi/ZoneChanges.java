package org.cairndns.plugin.spi;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.cairndns.wire.DomainName;

/** Way by which the plugins of a server block that have zones tell those who want to know that one changed. Any thread. */
public final class ZoneChanges {
    private final List<Consumer<DomainName>> listeners = new CopyOnWriteArrayList<>();

    /** Calls {@code listener} with the apex of each zone that changes from now on; it must not block. */
    public void listen(Consumer<DomainName> listener) {
        listeners.add(listener);
    }

    /** Says that the zone with this apex has another serial than before, or is there for the first time. */
    public void changed(DomainName apex) {
        listeners.forEach(listener -> listener.accept(apex));
    }
}
