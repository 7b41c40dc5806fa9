package org.cairndns.zone.data;

import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/**
 * Responses of one version of a zone that were made lately, ready to be used again: a place per hash of the question,
 * the last one wins.
 *
 * <p>Names that do not exist are not among them, so that made-up names push nothing out. Any thread: entries never
 * change, and which of two threads wins a place does not matter.
 */
final class RecentAnswers {
    private static final int PLACES = 256;

    private record Entry(DomainName qname, int qtype, boolean dnssecOk, ZoneResult.Complete result) {}

    private final @Nullable Entry[] entries = new @Nullable Entry[PLACES];

    /** The response to the same question, in whatever letter case it came; null if it has to be made. */
    @Nullable
    ZoneResult find(Query query) {
        Entry entry = entries[place(query)];
        if (entry == null
                || entry.qtype != query.qtype()
                || entry.dnssecOk != query.edns().dnssecOk()) {
            return null;
        }
        return entry.qname.equals(query.qname()) ? entry.result : null;
    }

    /** Keeps a result if it is a whole response about a name that exists. */
    void keep(Query query, ZoneResult result) {
        if (result instanceof ZoneResult.Complete complete && complete.kind() != ZoneResult.Kind.NAME_ERROR) {
            entries[place(query)] =
                    new Entry(query.qname(), query.qtype(), query.edns().dnssecOk(), complete);
        }
    }

    private static int place(Query query) {
        int hash = 31 * query.qname().hashCode() + query.qtype();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}
