package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.cairndns.corefile.Problem;

/** Any text as a Corefile, up to the point where a start would open its first socket: taken, or problems with their places. */
public final class CorefileTarget {
    private CorefileTarget() {}

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        // Files without an end, which a Corefile may name and a start would wait for.
        if (text.contains("/dev") || text.contains("/proc") || text.contains("/sys")) {
            return;
        }
        CheckReport report = CorefileCheck.ofText(text);
        long lines = text.lines().count() + 1;
        for (Problem problem : report.problems()) {
            assertThat(problem.position().line()).isPositive();
            assertThat(problem.position().column()).isPositive();
            if (problem.position().file().equals("Corefile")) {
                assertThat((long) problem.position().line())
                        .as(problem.toString())
                        .isLessThanOrEqualTo(lines);
            }
            // A plugin that threw.
            assertThat(problem.toString()).doesNotContain("cannot be set up");
        }
    }
}
