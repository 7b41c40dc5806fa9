package org.cairndns.plugin.spi;

import java.util.Objects;

/**
 * Where in the chain the handlers of a plugin from outside go, seen from another directive.
 *
 * @param side in front of the other, so that it sees queries first, or behind it
 * @param directive name of the other, built in or from another jar
 */
public record Place(Side side, String directive) {
    /** Side of the other directive. */
    public enum Side {
        BEFORE,
        AFTER
    }

    public Place {
        Objects.requireNonNull(side, "side");
        Objects.requireNonNull(directive, "directive");
    }

    /** Right in front of a directive: sees queries before it, and replies after it. */
    public static Place before(String directive) {
        return new Place(Side.BEFORE, directive);
    }

    /** Right behind a directive: sees the queries that it passes on. */
    public static Place after(String directive) {
        return new Place(Side.AFTER, directive);
    }

    @Override
    public String toString() {
        return (side == Side.BEFORE ? "before " : "after ") + directive;
    }
}
