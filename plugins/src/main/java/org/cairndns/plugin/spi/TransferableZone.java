package org.cairndns.plugin.spi;

import org.cairndns.wire.ResourceRecord;

/** A zone of a {@link TransferSource}. */
public sealed interface TransferableZone {
    /**
     * A zone that can be handed over.
     *
     * @param soa the SOA record at the apex
     * @param records all other records, each owner's RRsets together; made one by one while a transfer goes on, which
     *     may take minutes, each iteration by one thread at a time without blocking. Sections do not matter
     */
    record Ready(ResourceRecord soa, Iterable<ResourceRecord> records) implements TransferableZone {}

    /**
     * A zone that is the plugin's, but not there: not read yet, or expired.
     *
     * @param reason one line
     */
    record Unready(String reason) implements TransferableZone {}
}
