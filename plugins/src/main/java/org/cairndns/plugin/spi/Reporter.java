package org.cairndns.plugin.spi;

import java.util.List;

/** A part of the server that tells about itself. Any thread; never blocks for long. */
public interface Reporter {
    /** Adds what it has counted since the start of the process; asked every few seconds, so it is to be cheap. */
    default void count(Totals totals) {}

    /**
     * What it is a part of. While a reload is under way there are the old part and the one that is to take its place; of equal ones the
     * first is asked how it is.
     */
    default Object place() {
        return this;
    }

    /** How it is right now; asked when somebody looks. */
    default List<Report> reports() {
        return List.of();
    }
}
