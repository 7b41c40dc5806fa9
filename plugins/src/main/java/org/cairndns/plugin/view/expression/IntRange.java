package org.cairndns.plugin.view.expression;

import java.util.AbstractList;
import java.util.Objects;
import java.util.RandomAccess;

/** The list of the ints from one to another, both included, in no more space than the two. */
final class IntRange extends AbstractList<Object> implements RandomAccess {
    /** As in expr-lang, whose lists take so much memory. */
    private static final int MAX_SIZE = 1_000_000;

    private final long first;
    private final int size;

    /**
     * Ints from {@code first} to {@code last}, none if that is smaller.
     *
     * @throws EvaluationException for a million or more
     */
    IntRange(long first, long last) {
        if (last >= first && (last - first < 0 || last - first >= MAX_SIZE)) {
            throw new EvaluationException("list of too many ints");
        }
        this.first = first;
        this.size = last < first ? 0 : (int) (last - first + 1);
    }

    @Override
    public Object get(int index) {
        return first + Objects.checkIndex(index, size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean contains(Object value) {
        if (!(value instanceof Number)) {
            return false;
        }
        double number = Values.asFloat(value);
        return number >= first && number < first + (double) size && number == Math.rint(number);
    }
}
