package org.cairndns.kubernetes.snapshot;

/**
 * What a snapshot may take, whatever the file says.
 *
 * @param maxFileOctets size of the file, 1 or more
 * @param maxOctets size of what is compressed in it, 1 or more
 * @param maxHeapOctets about what its objects take in an index, 1 or more
 */
public record SnapshotLimits(long maxFileOctets, long maxOctets, long maxHeapOctets) {
    /** The rest is for the server itself, for what reading takes, and for a collector that moves nothing large. */
    private static final long HEAP_PERCENT = 60;

    /** The usual limits for a process with this heap; what describes an object is smaller than the object. */
    public static SnapshotLimits of(long maxHeapOctets) {
        return new SnapshotLimits(maxHeapOctets, maxHeapOctets, maxHeapOctets / 100 * HEAP_PERCENT);
    }
}
