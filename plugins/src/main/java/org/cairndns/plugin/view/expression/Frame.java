package org.cairndns.plugin.view.expression;

import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/** What an evaluation goes by: the query, and the element that a predicate looks at. One thread. */
public final class Frame {
    private final @Nullable Query query;
    private Object element = Nil.NIL;

    private Frame(@Nullable Query query) {
        this.query = query;
    }

    static Frame of(Query query) {
        return new Frame(query);
    }

    /** For what does not depend on a query. */
    static Frame ofConstants() {
        return new Frame(null);
    }

    /** The query. */
    public Query query() {
        if (query == null) {
            throw new EvaluationException("depends on a query");
        }
        return query;
    }

    Object element() {
        return element;
    }

    /** Evaluates a predicate for an element of a list. */
    Object with(Object value, Evaluation predicate) {
        Object before = element;
        element = value;
        try {
            return predicate.of(this);
        } finally {
            element = before;
        }
    }
}
