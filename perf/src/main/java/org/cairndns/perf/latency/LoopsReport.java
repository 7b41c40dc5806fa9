package org.cairndns.perf.latency;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.compare.Spread;

/**
 * Rounds with different numbers of event loops, as they go to the files.
 *
 * @param facts about machine, versions and run
 * @param ownCores true if no processor of the server had the load on it, so that the wall clock counts
 */
record LoopsReport(Map<String, String> facts, boolean ownCores, List<LoopRound> loopRounds) implements Report {
    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# Event loops\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            Medians of the rounds under as much load as comes back, in turn. Evenness is the processor time of the least
            used loop as a part of that of the most used one. Target: two loops do at least 1.8 times what one does.

            | loops | answers per CPU second | answers/s by the wall clock | evenness |
            |---:|---:|---:|---:|
            """);
        int most = loopRounds.stream().mapToInt(LoopRound::loops).max().orElse(0);
        for (int loops = 1; loops <= most; loops++) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %,.0f | %,.0f | %.2f |%n",
                    loops,
                    median(loops, LoopRound::answersPerCpuSecond),
                    median(loops, LoopRound::answersPerSecond),
                    median(loops, LoopRound::evenness)));
        }
        if (most >= 2) {
            text.append(verdict());
        }
        return text.toString();
    }

    private String verdict() {
        double byCpu = 2 * median(2, LoopRound::answersPerCpuSecond) / median(1, LoopRound::answersPerCpuSecond);
        double byClock = median(2, LoopRound::answersPerSecond) / median(1, LoopRound::answersPerSecond);
        return String.format(
                Locale.ROOT,
                ownCores
                        ? "%nTwo loops against one: %.2f times by processor time, %.2f times by the wall clock.%n"
                        : "%nTwo loops against one: %.2f times by processor time, with both at work. The load shared a"
                                + " processor with the second loop, so the wall clock (%.2f times) is no measure"
                                + " here.%n",
                byCpu,
                byClock);
    }

    private double median(int loops, ToDoubleFunction<LoopRound> figure) {
        return Spread.of(loopRounds.stream()
                        .filter(round -> round.loops() == loops)
                        .map(figure::applyAsDouble)
                        .toList())
                .median();
    }
}
