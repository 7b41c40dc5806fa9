package org.cairndns.perf.faults;

import java.util.List;
import java.util.Map;
import org.cairndns.perf.compare.Report;

/**
 * What came of breaking something, as it goes to the files.
 *
 * @param title what was broken
 * @param facts about machine, versions and run
 */
public record FaultReport(String title, Map<String, String> facts, List<Verdict> verdicts) implements Report {
    public FaultReport {
        verdicts = List.copyOf(verdicts);
    }

    /** Whether each target is met. */
    public boolean isAsExpected() {
        return verdicts.stream().allMatch(Verdict::isMet);
    }

    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# ").append(title).append("\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("\n| server | what | target | seen | |\n|---|---|---|---|---|\n");
        for (Verdict verdict : verdicts) {
            text.append("| %s | %s | %s | %s | %s |%n"
                    .formatted(verdict.server(), verdict.what(), verdict.target(), verdict.seen(), mark(verdict)));
        }
        return text.toString();
    }

    private static String mark(Verdict verdict) {
        if (verdict.target().isEmpty()) {
            return "";
        }
        return verdict.isMet() ? "met" : "**missed**";
    }
}
