package org.cairndns.perf.faults.loss;

import java.util.List;

/**
 * One way of losing packets, with a port of the server and two upstreams of its own, so that all can be looked at at once.
 *
 * @param words for a reader
 * @param number 0..9, by which it has its port and addresses
 * @param firstPercent of the packets that are lost on the way to its first upstream, and as many on the way back
 * @param secondPercent the same for its second upstream
 * @param clientPercent the same between client and server
 * @param unruly true if upstreams answer after 1 to 100 milliseconds by chance, some of them twice; else after 20
 */
public record LossScene(
        String words, int number, int firstPercent, int secondPercent, int clientPercent, boolean unruly) {
    /** All that are looked at. */
    public static final List<LossScene> ALL = List.of(
            new LossScene("nothing is lost", 0, 0, 0, 0, false),
            new LossScene("10 % to and from one of two upstreams", 1, 10, 0, 0, false),
            new LossScene("30 % to and from one of two upstreams", 2, 30, 0, 0, false),
            new LossScene("5 % to and from both upstreams", 3, 5, 5, 0, false),
            new LossScene("upstreams take 1 to 100 ms, every fourth answer comes twice", 4, 0, 0, 0, true),
            new LossScene("10 % to and from the client", 5, 0, 0, 10, false));

    /** Port of the server. */
    int port() {
        return LossRun.FIRST_PORT + number;
    }

    /** Address of an upstream, 0 or 1, which listens on port 53. */
    String upstream(int which) {
        return "10.77.2." + (10 + 10 * number + which);
    }

    /** Losses at an upstream, 0 or 1. */
    int percent(int which) {
        return which == 0 ? firstPercent : secondPercent;
    }

    /** True if the way to one upstream is sound, or both are. */
    public boolean hasSoundUpstream() {
        return firstPercent == 0 || secondPercent == 0;
    }

    /** Rules of the server's namespace. */
    String rulesAtServer() {
        return """
            table inet loss%1$d {
                counter lost_back%1$d { }
                counter lost_in%1$d { }
                counter in%1$d { }
                counter out%1$d { }
                chain arriving {
                    type filter hook input priority 0;
                    ip saddr %2$s numgen random mod 100 < %3$d counter name lost_back%1$d drop
                    ip saddr %4$s numgen random mod 100 < %5$d counter name lost_back%1$d drop
                    iifname client udp dport %6$d numgen random mod 100 < %7$d counter name lost_in%1$d drop
                    iifname client udp dport %6$d counter name in%1$d
                }
                chain leaving {
                    type filter hook output priority 0;
                    oifname client udp sport %6$d counter name out%1$d
                }
            }
            """.formatted(number, upstream(0), firstPercent, upstream(1), secondPercent, port(), clientPercent);
    }

    /** Rules of the upstreams' namespace. */
    String rulesOutside() {
        return """
            table inet loss%1$d {
                counter sent%1$d { }
                counter lost_to%1$d { }
                chain arriving {
                    type filter hook input priority 0;
                    ip daddr { %2$s, %4$s } udp dport 53 counter name sent%1$d
                    ip daddr %2$s numgen random mod 100 < %3$d counter name lost_to%1$d drop
                    ip daddr %4$s numgen random mod 100 < %5$d counter name lost_to%1$d drop
                }
            }
            """.formatted(number, upstream(0), firstPercent, upstream(1), secondPercent);
    }

    /** Rules of the clients' namespace. */
    String rulesAtClient() {
        return """
            table inet loss%1$d {
                counter lost_out%1$d { }
                chain arriving {
                    type filter hook input priority 0;
                    udp sport %2$d numgen random mod 100 < %3$d counter name lost_out%1$d drop
                }
            }
            """.formatted(number, port(), clientPercent);
    }
}
