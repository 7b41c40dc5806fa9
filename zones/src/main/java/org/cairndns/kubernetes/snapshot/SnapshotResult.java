package org.cairndns.kubernetes.snapshot;

import java.time.Instant;

/** What became of the reading of a snapshot. */
public sealed interface SnapshotResult {
    /**
     * All its objects were put.
     *
     * @param written when they were true
     * @param octets size of the file
     */
    record Restored(Instant written, long octets) implements SnapshotResult {}

    /** There is no file, as before the first start. */
    enum Absent implements SnapshotResult {
        INSTANCE
    }

    /**
     * It is of no use.
     *
     * @param reason why, with "it" for the file; nothing of it is text that the file says
     */
    record Unusable(String reason) implements SnapshotResult {}
}
