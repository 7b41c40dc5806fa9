package org.cairndns.perf.latency;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.perf.compare.Sampler;
import org.cairndns.perf.load.LoadTally;

/**
 * One second of a run.
 *
 * @param second from 0
 * @param worstMillis the worst latency of the queries that were due in it
 * @param worstLateMillis the most that the generator was late with one of them
 * @param waitedMillis time in which threads of the server waited for their processor
 */
record Second(int second, double worstMillis, double worstLateMillis, long rssKib, long anonKib, double waitedMillis) {
    /** Puts a run and the looks at its server together, which began at about the same time. */
    static List<Second> of(LoadTally tally, List<Sampler.Look> looks) {
        List<Second> seconds = new ArrayList<>();
        for (int second = 0; second < tally.seconds(); second++) {
            Sampler.Look before = looks.get(Math.min(second, looks.size() - 1));
            Sampler.Look after = looks.get(Math.min(second + 1, looks.size() - 1));
            seconds.add(new Second(
                    second,
                    tally.worstLatencyMillis(second),
                    tally.worstLatenessMillis(second),
                    after.usage().rssKib(),
                    after.usage().anonKib(),
                    after.waitedMillis() - before.waitedMillis()));
        }
        return seconds;
    }
}
