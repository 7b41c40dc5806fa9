package org.cairndns.server.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.jspecify.annotations.Nullable;

/**
 * Server blocks of one listening address by zone, looked up by longest suffix.
 *
 * <p>Immutable; a reload replaces it whole. Any thread.
 */
public final class ServerBlockTable {
    /** A chain for NOTIFY where nobody wants it. */
    public static final Handler NO_NOTIFY = query -> new Reply.Failed(Rcode.NOTIMP, "");

    /**
     * One zone and the chains that answer for it.
     *
     * @param chain none means that every query is refused
     * @param notifyChain answers NOTIFY messages
     * @param stackTraces true if the stack of a handler's failure belongs in the log
     * @param filter the queries that the block takes; those of others go to the next block, empty for all
     */
    public record Entry(
            DomainName zone,
            Optional<Handler> chain,
            Handler notifyChain,
            boolean stackTraces,
            Optional<Predicate<Query>> filter) {
        /** An entry that takes all queries, but no NOTIFY. */
        public Entry(DomainName zone, Optional<Handler> chain, boolean stackTraces) {
            this(zone, chain, NO_NOTIFY, stackTraces, Optional.empty());
        }

        private boolean takes(Query query) {
            return filter.isEmpty() || filter.get().test(query);
        }
    }

    /** Longest zones first, so that the first match is the most specific one; equal zones as in the Corefile. */
    private final Entry[] entries;

    /** True if a block takes only some queries for its zone. */
    private final boolean filtered;

    private final boolean otherClasses;

    /**
     * @param otherClasses true if a block of this address takes classes other than IN
     */
    public ServerBlockTable(List<Entry> blocks, boolean otherClasses) {
        List<Entry> sorted = new ArrayList<>(blocks);
        sorted.sort(
                Comparator.comparingInt((Entry entry) -> entry.zone().length()).reversed());
        this.entries = sorted.toArray(Entry[]::new);
        this.filtered = sorted.stream().anyMatch(entry -> entry.filter().isPresent());
        this.otherClasses = otherClasses;
    }

    /** True if queries of classes other than IN are handed to the blocks. */
    public boolean takesOtherClasses() {
        return otherClasses;
    }

    /** True if equal queries may go to different blocks. */
    boolean looksAtClients() {
        return filtered;
    }

    /** The block that answers a query, or null if none does. */
    @Nullable
    Entry find(Query query) {
        return filtered ? findFiltered(query) : find(query.qname(), query.qtype());
    }

    private @Nullable Entry find(DomainName qname, int qtype) {
        Entry found = null;
        for (Entry entry : entries) {
            if (!qname.isAtOrBelow(entry.zone())) {
                continue;
            }
            if (qtype != RecordType.DS) {
                return entry;
            }
            found = lessSpecific(found, entry);
        }
        return found;
    }

    /** As for other tables; a block that does not take the query makes room for the next one, then for the parent zone. */
    private @Nullable Entry findFiltered(Query query) {
        Entry found = null;
        for (Entry entry : entries) {
            if (!query.qname().isAtOrBelow(entry.zone()) || !entry.takes(query)) {
                continue;
            }
            if (query.qtype() != RecordType.DS) {
                return entry;
            }
            // Unlike CoreDNS, which lets the last block of a zone answer for DS: the first that takes the query, as for
            // all other types.
            if (found == null || !found.zone().equals(entry.zone())) {
                found = lessSpecific(found, entry);
            }
        }
        return found;
    }

    /** RFC 4035 3.1.4.1: DS belongs to the parent, so the least specific zone answers, the root only alone. */
    private static Entry lessSpecific(@Nullable Entry found, Entry entry) {
        return found == null || entry.zone().length() > 1 ? entry : found;
    }
}
