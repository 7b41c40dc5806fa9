package org.cairndns.server;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a start does about things around the process that are not as they should be.
 *
 * @param mode how much it puts up with
 * @param lastGood file that keeps the last Corefile that was taken, where there is one
 * @param takesOver whether a server on the same addresses is to be relieved by this one
 */
public record StartPolicy(Mode mode, LastGoodChoice lastGood, boolean takesOver) {
    /** How much a start puts up with. */
    public enum Mode {
        /** Anything is a reason to fail, as for CoreDNS. */
        STRICT,
        /** Goes on where a directive can do without something, and fails with whoever called otherwise. */
        EMBEDDED,
        /** Goes on without whatever is not there. */
        ALWAYS_ON
    }

    /** A server inside another program. */
    static final StartPolicy EMBEDDED = new StartPolicy(Mode.EMBEDDED, LastGoodChoice.NONE, false);

    boolean strict() {
        return mode == Mode.STRICT;
    }

    boolean alwaysOn() {
        return mode == Mode.ALWAYS_ON;
    }

    /**
     * Which file keeps the last Corefile that was taken.
     *
     * @param given by the command line, which nothing goes before
     * @param usual used where neither the command line nor {@code reload} of the Corefile names one
     */
    public record LastGoodChoice(Optional<Path> given, Optional<Path> usual) {
        static final LastGoodChoice NONE = new LastGoodChoice(Optional.empty(), Optional.empty());
    }
}
