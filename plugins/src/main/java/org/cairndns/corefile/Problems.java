package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The faults found so far while a Corefile is read; lets a reader carry on after a fault, so that one start shows them
 * all. Not safe for use by several threads.
 */
public final class Problems {
    private final Set<Problem> found = new LinkedHashSet<>();
    private final Consumer<Problem> warnings;

    /**
     * @param warnings told at once of everything that is accepted but looks unintended
     */
    public Problems(Consumer<Problem> warnings) {
        this.warnings = warnings;
    }

    /** Adds a problem; the same message at the same place counts once. */
    public void add(Problem problem) {
        found.add(problem);
    }

    public void add(Position position, String message) {
        add(new Problem(position, message));
    }

    /** Reports something that is accepted but looks unintended. */
    public void warn(Position position, String message) {
        warnings.accept(new Problem(position, Severity.WARNING, message, ""));
    }

    /** Adds a problem that is not one on a machine that has what this one lacks. */
    public void missing(Position position, String message) {
        add(new Problem(position, Severity.MISSING, message, ""));
    }

    /** Reports that {@code change} concerns a place: as a problem if a start fails on it, else as a warning. */
    public void report(Position position, Change change) {
        Problem problem = new Problem(position, change.severity(), change.message(), change.remedy());
        if (change.severity().refuses()) {
            add(problem);
        } else {
            warnings.accept(problem);
        }
    }

    /** Adds every problem of an exception that a nested reader threw. */
    public void addAll(CorefileException exception) {
        found.addAll(exception.problems());
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public List<Problem> list() {
        return new ArrayList<>(found);
    }

    /** Throws one exception with all problems, if there is any. */
    public void throwIfAny() throws CorefileException {
        if (!found.isEmpty()) {
            throw new CorefileException(list());
        }
    }
}
