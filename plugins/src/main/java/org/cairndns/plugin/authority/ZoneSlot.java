package org.cairndns.plugin.authority;

import java.util.Optional;
import org.cairndns.plugin.spi.TransferableZone;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.data.Zone;

/** Place of one zone, which holds its present version or the reason why there is none. Any thread. */
public final class ZoneSlot {
    private record State(Optional<Zone> zone, String reason) {}

    private final DomainName apex;

    /** Replaced as a whole. */
    private volatile State state = new State(Optional.empty(), "not loaded yet");

    /** An empty place. */
    public ZoneSlot(DomainName apex) {
        this.apex = apex;
    }

    /** Name of the zone. */
    public DomainName apex() {
        return apex;
    }

    /** The present version; queries get SERVFAIL where there is none. */
    public Optional<Zone> zone() {
        return state.zone();
    }

    /** Why there is no zone, one line; empty if there is one. */
    public String reason() {
        return state.reason();
    }

    /** The zone as the directive {@code transfer} takes it. */
    public TransferableZone transferable() {
        State now = state;
        return now.zone()
                .<TransferableZone>map(
                        version -> new TransferableZone.Ready(version.soaRecord(), version.recordsBehindSoa()))
                .orElseGet(() -> new TransferableZone.Unready("zone " + apex + " " + now.reason()));
    }

    /** Puts another version in place, which the next query sees. */
    public void set(Zone version) {
        state = new State(Optional.of(version), "");
    }

    /**
     * Takes the zone away.
     *
     * @param why one line, such as {@code expired}
     */
    public void clear(String why) {
        state = new State(Optional.empty(), why);
    }
}
