package org.cairndns.kubernetes;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Which kinds of objects are yet to be listed for the first time. */
final class SyncState {
    /** Replaced as a whole by the writer thread. */
    private volatile Set<ObjectKind> missing;

    /** Kinds of {@link #missing} that the API does not let us read. Replaced as a whole by the writer thread. */
    private volatile Set<ObjectKind> withheld = Set.of();

    /** Set by the writer thread before anything is listed. */
    private volatile boolean restored;

    private final CompletableFuture<Void> synced = new CompletableFuture<>();

    SyncState(Set<ObjectKind> required) {
        this.missing = unmodifiableCopy(required);
        completeIfSynced();
    }

    /** Kinds not listed yet. */
    Set<ObjectKind> missing() {
        return missing;
    }

    boolean isSynced() {
        Set<ObjectKind> now = missing;
        return now.isEmpty() || withheld.containsAll(now);
    }

    /** True once everything was listed, so that what is not there is not there. */
    boolean isComplete() {
        return missing.isEmpty();
    }

    /** The kind is not to be waited for, without which most names are known; writer thread only. */
    void withheld(ObjectKind kind) {
        Set<ObjectKind> more = EnumSet.of(kind);
        more.addAll(withheld);
        withheld = unmodifiableCopy(more);
        completeIfSynced();
    }

    /** Completes when every kind is listed. */
    CompletableFuture<Void> whenSynced() {
        return synced.copy();
    }

    /** True if what an earlier process knew stands in for what is missing. */
    boolean isRestored() {
        return restored;
    }

    /** Everything that an earlier process knew was put; writer thread only. */
    void restored() {
        restored = true;
    }

    /** A list of the kind is complete; writer thread only. */
    void listed(ObjectKind kind) {
        if (missing.contains(kind)) {
            Set<ObjectKind> rest = EnumSet.copyOf(missing);
            rest.remove(kind);
            missing = unmodifiableCopy(rest);
            completeIfSynced();
        }
    }

    private void completeIfSynced() {
        if (isSynced()) {
            synced.complete(null);
        }
    }

    private static Set<ObjectKind> unmodifiableCopy(Set<ObjectKind> kinds) {
        EnumSet<ObjectKind> copy = EnumSet.noneOf(ObjectKind.class);
        copy.addAll(kinds);
        return Collections.unmodifiableSet(copy);
    }
}
