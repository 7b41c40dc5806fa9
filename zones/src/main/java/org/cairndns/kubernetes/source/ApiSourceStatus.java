package org.cairndns.kubernetes.source;

import java.util.Map;
import org.cairndns.kubernetes.ObjectKind;

/**
 * How an {@link ApiSource} is doing at one moment.
 *
 * @param kinds one entry for each kind that is read
 */
public record ApiSourceStatus(Map<ObjectKind, KindStatus> kinds) {
    public ApiSourceStatus {
        kinds = Map.copyOf(kinds);
    }

    /** Whether all objects of all kinds were read at least once. */
    public boolean synced() {
        return kinds.values().stream().allMatch(KindStatus::synced);
    }

    /** Whether changes of all kinds arrive. */
    public boolean connected() {
        return kinds.values().stream().allMatch(KindStatus::connected);
    }
}
