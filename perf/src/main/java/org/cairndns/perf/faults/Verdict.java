package org.cairndns.perf.faults;

import org.cairndns.perf.compare.Contender;

/**
 * One thing that was looked at while something was broken.
 *
 * @param server label of the server
 * @param what was looked at, such as {@code known names, first answer after the start}
 * @param target what it should be, such as {@code at most 1 s}; empty for a figure that is only reported
 * @param seen what it was, with its unit
 * @param isMet whether it was as it should be; true where there is no target
 */
public record Verdict(String server, String what, String target, String seen, boolean isMet) {
    /** Something that has a target. */
    public static Verdict of(String server, String what, String target, String seen, boolean isMet) {
        return new Verdict(server, what, target, seen, isMet);
    }

    /** Something whose target is Cairn's: figures of other servers are only reported. */
    public static Verdict judged(String server, String what, String target, String seen, boolean isMet) {
        return server.equals(Contender.CAIRN.label())
                ? of(server, what, target, seen, isMet)
                : seen(server, what, seen);
    }

    /** A figure that is only reported. */
    public static Verdict seen(String server, String what, String seen) {
        return new Verdict(server, what, "", seen, true);
    }
}
