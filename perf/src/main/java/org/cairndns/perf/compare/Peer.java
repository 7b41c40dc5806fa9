package org.cairndns.perf.compare;

import java.util.List;
import java.util.Set;

/**
 * A server in the comparison, not started yet.
 *
 * @param command what starts it, with the port and all else it needs in files
 * @param readyPort where {@code /ready} says 200 once it is ready, 0 without such a page
 * @param mixes what it can be asked
 */
public record Peer(String name, List<String> command, int port, int readyPort, Set<Mix> mixes) {
    /** A server without a page that says when it is ready. */
    static Peer of(Contender contender, List<String> command, int port) {
        return new Peer(contender.label(), command, port, 0, contender.mixes());
    }
}
