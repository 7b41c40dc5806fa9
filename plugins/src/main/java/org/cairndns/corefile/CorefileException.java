package org.cairndns.corefile;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All problems that were found in one Corefile; the message lists them one per line, as they stand in the file. */
public final class CorefileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one
     */
    public CorefileException(List<Problem> problems) {
        super(inPlace(problems).map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems: expected at least one, got none");
        }
        this.problems = inPlace(problems).toList();
    }

    public CorefileException(Position position, String message) {
        this(List.of(new Problem(position, message)));
    }

    private static Stream<Problem> inPlace(List<Problem> problems) {
        return problems.stream()
                .sorted(Comparator.comparing(
                                (Problem problem) -> problem.position().file())
                        .thenComparingInt(problem -> problem.position().line())
                        .thenComparingInt(problem -> problem.position().column()));
    }

    /** The problems by file, line and column. */
    public List<Problem> problems() {
        return problems;
    }
}
