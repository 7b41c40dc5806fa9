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
    private final Set<Problem> waiting = new LinkedHashSet<>();
    private final Consumer<Problem> warnings;
    private final boolean strict;

    /**
     * @param warnings told at once of everything that is accepted but looks unintended
     */
    public Problems(Consumer<Problem> warnings) {
        this(warnings, false);
    }

    /**
     * @param strict true if what is not there at the moment is a problem
     */
    public Problems(Consumer<Problem> warnings, boolean strict) {
        this.warnings = warnings;
        this.strict = strict;
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

    /**
     * Adds something that is not there at the moment, without which the directive goes on: the server looks from time to time
     * whether a reader comes to another result, and takes that over.
     */
    public void waits(Position position, String message) {
        if (strict) {
            missing(position, message);
        } else {
            waiting.add(new Problem(position, Severity.WAITING, message, ""));
            passing(position, message);
        }
    }

    /** Reports something that is amiss at the moment, which the directive itself looks after and says in the log. */
    public void passing(Position position, String message) {
        warnings.accept(new Problem(position, Severity.WAITING, message, ""));
    }

    /** What {@link #waits} was told. */
    public List<Problem> waiting() {
        return new ArrayList<>(waiting);
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
