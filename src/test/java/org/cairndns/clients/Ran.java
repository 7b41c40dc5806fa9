package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

/**
 * What came of a program.
 *
 * @param command what was run
 * @param exit its exit code
 * @param output what it wrote to its output
 * @param errors what it wrote to its error output
 * @param took from its start to its end
 */
record Ran(List<String> command, int exit, String output, String errors, Duration took) {
    /** The lines of the output, without empty ones. */
    List<String> lines() {
        return output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /** Fails unless the program says that it went well. */
    Ran requireSuccess() {
        assertThat(exit).as("%s", this).isZero();
        return this;
    }

    @Override
    public String toString() {
        return String.join(" ", command) + "\nexit " + exit + " after " + took.toMillis() + " ms\n" + output + errors;
    }
}
