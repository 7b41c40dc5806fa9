package org.cairndns.kubernetes.source;

/**
 * How the reading of one kind of object goes.
 *
 * @param synced whether all objects were read at least once; never false again
 * @param connected whether a watch is under way, so that changes arrive; also while the API does not know an optional kind
 * @param lastEventNanos {@link System#nanoTime()} when the API was last heard of, be it a list, an event or a bookmark; of the
 *     start as long as it was not
 * @param reconnects watches and lists that were begun anew since the start
 * @param audits comparisons with the API that were completed
 * @param divergences objects that such a comparison found missing, outdated or left over
 * @param lastError one line, empty while all is well
 */
public record KindStatus(
        boolean synced,
        boolean connected,
        long lastEventNanos,
        long reconnects,
        long audits,
        long divergences,
        String lastError) {
    static KindStatus initial() {
        return new KindStatus(false, false, System.nanoTime(), 0, 0, 0, "");
    }

    KindStatus heard() {
        return new KindStatus(synced, connected, System.nanoTime(), reconnects, audits, divergences, lastError);
    }

    KindStatus listed() {
        return new KindStatus(true, connected, System.nanoTime(), reconnects, audits, divergences, lastError);
    }

    KindStatus watching() {
        return new KindStatus(synced, true, System.nanoTime(), reconnects, audits, divergences, "");
    }

    /** The API has no such kind, so nothing changes until it has. */
    KindStatus withoutKind(String error) {
        return new KindStatus(true, true, System.nanoTime(), reconnects + 1, audits, divergences, error);
    }

    KindStatus reconnecting(String error) {
        return new KindStatus(synced, false, lastEventNanos, reconnects + 1, audits, divergences, error);
    }

    KindStatus audited(int different) {
        return new KindStatus(
                synced, connected, lastEventNanos, reconnects, audits + 1, divergences + different, lastError);
    }
}
