package org.cairndns.kubernetes;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Which kinds of objects are yet to be listed for the first time. */
final class SyncState {
    /** Replaced as a whole by the writer thread. */
    private volatile Set<ObjectKind> missing;

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
        return missing.isEmpty();
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
        if (missing.isEmpty()) {
            synced.complete(null);
        }
    }

    private static Set<ObjectKind> unmodifiableCopy(Set<ObjectKind> kinds) {
        EnumSet<ObjectKind> copy = EnumSet.noneOf(ObjectKind.class);
        copy.addAll(kinds);
        return Collections.unmodifiableSet(copy);
    }
}
