package org.cairndns.wire;

import org.jspecify.annotations.Nullable;

/**
 * What is noted about one query while it is answered, and the query as it came in.
 *
 * <p>Any thread; of two notes made at the same time on different threads both are kept.
 */
final class QueryNotes {
    private record Note(String label, String text, @Nullable Note earlier) {}

    private final Query original;
    private volatile @Nullable Note last;

    QueryNotes(Query original) {
        this.original = original;
    }

    Query original() {
        return original;
    }

    synchronized void add(String label, String text) {
        last = new Note(label, text, last);
    }

    /** The latest text under the label, empty if there is none. */
    String text(String label) {
        for (Note note = last; note != null; note = note.earlier()) {
            if (note.label().equals(label)) {
                return note.text();
            }
        }
        return "";
    }
}
