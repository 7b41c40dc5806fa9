package org.cairndns.server;

import java.util.Comparator;
import java.util.List;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Severity;

/**
 * What a check found out about one Corefile.
 *
 * @param file its name as given, {@code stdin} for standard input
 * @param problems everything to say of it, by file, line and column; what a start would log is among them
 * @param notTried what a start would open besides, which a check leaves alone
 */
public record CheckReport(String file, List<Problem> problems, List<String> notTried) {
    private static final Comparator<Problem> IN_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.position().file())
            .thenComparingInt(problem -> problem.position().line())
            .thenComparingInt(problem -> problem.position().column())
            .thenComparing(Problem::severity);

    public CheckReport {
        problems = problems.stream().distinct().sorted(IN_PLACE).toList();
        notTried = List.copyOf(notTried);
    }

    /** True if a server would take the Corefile. */
    public boolean starts() {
        return problems.stream().noneMatch(problem -> problem.severity().refuses());
    }

    /** True if a server would take the Corefile on a machine that has the files and interfaces it names. */
    public boolean startsElsewhere() {
        return problems.stream()
                .map(Problem::severity)
                .noneMatch(severity -> severity.refuses() && severity != Severity.MISSING);
    }

    /** True if a start would log a warning about it. */
    public boolean warns() {
        return problems.stream()
                .map(Problem::severity)
                .anyMatch(severity -> !severity.refuses() && severity != Severity.NEWDEFAULT);
    }
}
