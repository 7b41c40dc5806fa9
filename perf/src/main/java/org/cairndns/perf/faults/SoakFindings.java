package org.cairndns.perf.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.load.LoadTally;

/**
 * What a long run came to.
 *
 * @param log of the server
 */
record SoakFindings(Contender server, SoakLoad load, Drift drift, List<String> log) {
    private static final double MAX_MIB_PER_HOUR = 0.5;
    private static final int SHOWN = 12;

    List<Verdict> verdicts() {
        LoadTally tally = load.tally();
        List<Verdict> verdicts = new ArrayList<>();
        verdicts.add(seen(
                "queries",
                "%,d, p99 %.2f ms, longest %.1f ms (sender late by up to %.1f ms)"
                        .formatted(
                                tally.asked(),
                                tally.latency().p99Millis(),
                                tally.latency().maxMillis(),
                                tally.lateness().maxMillis())));
        verdicts.add(seen(
                "changes, reloads, faults", "%,d, %d, %d".formatted(load.changes(), load.reloads(), load.faults())));
        verdicts.add(judged("queries without an answer", "0", lost(tally), tally.lost() == 0));
        verdicts.add(
                judged("answers that say the server failed", "0", Long.toString(tally.failed()), tally.failed() == 0));
        verdicts.add(memory());
        verdicts.add(judged(
                "services that differ from the API at the end",
                "0 of " + drift.compared(),
                drift.differing().isEmpty() ? "0" : first(drift.differing()),
                drift.differing().isEmpty()));
        List<String> errors = log.stream().filter(SoakFindings::isError).toList();
        verdicts.add(judged("errors in the log", "0", errors.isEmpty() ? "0" : first(errors), errors.isEmpty()));
        return verdicts;
    }

    /** How many, and in which seconds. */
    private static String lost(LoadTally tally) {
        List<String> seconds = IntStream.range(0, tally.seconds())
                .filter(second -> tally.lostIn(second) > 0)
                .mapToObj(second -> tally.lostIn(second) + " in second " + second)
                .toList();
        return tally.lost() + (seconds.isEmpty() ? "" : ": " + first(seconds));
    }

    private Verdict memory() {
        MemorySlope slope = MemorySlope.of(load.looks());
        return judged(
                "growth of resident memory in the last two thirds",
                "under %.1f MiB an hour".formatted(MAX_MIB_PER_HOUR),
                String.format(
                        Locale.ROOT,
                        "%+.2f MiB an hour, %.1f MiB at their start, %.1f MiB at the end",
                        slope.mibPerHour(),
                        slope.firstMib(),
                        slope.lastMib()),
                slope.mibPerHour() < MAX_MIB_PER_HOUR);
    }

    /** Lines of a level above warnings, whatever way a server writes them. */
    private static boolean isError(String line) {
        return line.contains("[ERROR]")
                || line.contains("[FATAL]")
                || line.contains("[PANIC]")
                || line.contains("Exception");
    }

    private static String first(List<String> lines) {
        return lines.size() + ": " + String.join("; ", lines.subList(0, Math.min(SHOWN, lines.size())));
    }

    private Verdict judged(String what, String target, String seen, boolean met) {
        return Verdict.judged(server.label(), what, target, seen, met);
    }

    private Verdict seen(String what, String seen) {
        return Verdict.seen(server.label(), what, seen);
    }
}
