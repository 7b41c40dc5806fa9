package org.cairndns.perf.latency;

import java.util.List;

/**
 * What a server with some event loops did under as much load as it takes.
 *
 * @param number from 1
 * @param loopCpuSeconds processor time of each loop
 */
record LoopRound(
        int loops, int number, long answers, double cpuSeconds, double answersPerSecond, List<Double> loopCpuSeconds) {
    LoopRound {
        loopCpuSeconds = List.copyOf(loopCpuSeconds);
    }

    double answersPerCpuSecond() {
        return answers / cpuSeconds;
    }

    /** The time of the least used loop as a part of that of the most used one. */
    double evenness() {
        double least =
                loopCpuSeconds.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        double most =
                loopCpuSeconds.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return most == 0 ? 0 : least / most;
    }
}
