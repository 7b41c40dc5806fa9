package org.cairndns.perf.latency;

import java.util.List;

/**
 * What one server did while it had to list a whole cluster anew under load.
 *
 * @param restartSecond the second of the run in which the API server was ended
 * @param lists lists of EndpointSlices that the API server counted after that
 * @param steadyKib median of the resident memory before
 * @param peakKib the most resident memory after
 */
record RelistRun(LoadRun whole, List<Second> seconds, int restartSecond, long lists, long steadyKib, long peakKib) {
    RelistRun {
        seconds = List.copyOf(seconds);
    }

    /** Growth in percent of steady. */
    double growthPercent() {
        return 100.0 * (peakKib - steadyKib) / steadyKib;
    }

    /** The worst latency of the seconds from one on to another, in milliseconds. */
    double worstMillis(int from, int to) {
        return seconds.subList(from, to).stream()
                .mapToDouble(Second::worstMillis)
                .max()
                .orElse(0);
    }
}
