package org.cairndns.server.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.RecordType;

/**
 * Server blocks of one listening address by zone, looked up by longest suffix.
 *
 * <p>Immutable; a reload replaces it whole. Any thread.
 */
public final class ServerBlockTable {
    /**
     * One zone and the chain that answers for it; no chain means that every query is refused.
     *
     * @param stackTraces true if the stack of a handler's failure belongs in the log
     */
    public record Entry(DomainName zone, Optional<Handler> chain, boolean stackTraces) {}

    /** Longest zones first, so that the first match is the most specific one. */
    private final Entry[] entries;

    private final boolean otherClasses;

    /**
     * @param otherClasses true if a block of this address takes classes other than IN
     */
    public ServerBlockTable(List<Entry> blocks, boolean otherClasses) {
        List<Entry> sorted = new ArrayList<>(blocks);
        sorted.sort(
                Comparator.comparingInt((Entry entry) -> entry.zone().length()).reversed());
        this.entries = sorted.toArray(Entry[]::new);
        this.otherClasses = otherClasses;
    }

    /** True if queries of classes other than IN are handed to the blocks. */
    public boolean takesOtherClasses() {
        return otherClasses;
    }

    /** The block for a question, or null if no block serves the name. */
    @org.jspecify.annotations.Nullable
    Entry find(DomainName qname, int qtype) {
        Entry found = null;
        for (Entry entry : entries) {
            if (!qname.isAtOrBelow(entry.zone())) {
                continue;
            }
            if (qtype != RecordType.DS) {
                return entry;
            }
            // RFC 4035 3.1.4.1: DS belongs to the parent, so the least specific zone answers, the root only alone.
            if (found == null || entry.zone().length() > 1) {
                found = entry;
            }
        }
        return found;
    }
}
