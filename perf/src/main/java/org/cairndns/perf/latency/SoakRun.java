package org.cairndns.perf.latency;

import java.util.List;

/** A long run of one server, as a whole and second by second. */
record SoakRun(LoadRun whole, List<Second> seconds) {
    SoakRun {
        seconds = List.copyOf(seconds);
    }

    /** Seconds whose worst latency is above the limit. */
    List<Second> above(double limitMillis) {
        return seconds.stream()
                .filter(second -> second.worstMillis() > limitMillis)
                .toList();
    }
}
