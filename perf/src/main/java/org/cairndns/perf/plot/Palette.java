package org.cairndns.perf.plot;

import java.util.List;

/** Colours that can be seen on white and on black; a server has the same in all plots. */
final class Palette {
    private static final List<String> COLOURS =
            List.of("#2f81f7", "#e8710a", "#2da44e", "#a371f7", "#14a0a6", "#d6409f", "#b08800", "#e5534b", "#8b949e");

    private static final List<String> SERVERS = List.of(
            "cairn", "coredns", "unbound", "dnsdist", "knot-resolver", "pdns-recursor", "dnsmasq", "cairn-b", "echo");

    private Palette() {}

    /**
     * The colour of a series.
     *
     * @param number its place among the series of the plot, from 0, which decides unless the name is a server's
     */
    static String colour(String name, int number) {
        int server = SERVERS.indexOf(name);
        return COLOURS.get((server >= 0 ? server : number) % COLOURS.size());
    }
}
