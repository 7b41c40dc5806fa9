package org.cairndns.corefile;

import java.util.List;
import java.util.stream.Collectors;

/** All problems that were found in one Corefile; the message lists them one per line, in the order they were found. */
public final class CorefileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * @param problems at least one
     */
    public CorefileException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("problems: expected at least one, got none");
        }
        this.problems = List.copyOf(problems);
    }

    public CorefileException(Position position, String message) {
        this(List.of(new Problem(position, message)));
    }

    public List<Problem> problems() {
        return problems;
    }
}
