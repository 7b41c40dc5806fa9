package org.cairndns.plugin.secondary;

import java.time.Duration;

/**
 * What one exchange with a primary may take, whatever the primary sends.
 *
 * @param connect time to connect
 * @param silence time without an octet
 * @param total time for all messages together
 * @param records records of a zone
 * @param octets size of the records with their names uncompressed
 */
record TransferLimits(Duration connect, Duration silence, Duration total, int records, long octets) {
    /** A record takes about 200 octets of heap on its way into a zone. */
    private static final long HEAP_OCTETS_PER_RECORD = 1024;

    private static final long HEAP_PARTS = 8;

    /** The usual limits: of the heap a zone may take about a fifth. */
    static TransferLimits of(long maxHeapOctets) {
        return new TransferLimits(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                (int) Math.min(maxHeapOctets / HEAP_OCTETS_PER_RECORD, Integer.MAX_VALUE),
                maxHeapOctets / HEAP_PARTS);
    }
}
