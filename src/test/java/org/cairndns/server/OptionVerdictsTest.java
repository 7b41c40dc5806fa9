package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairndns.corefile.Problem;
import org.junit.jupiter.api.Test;

/** Options and values are taken and refused as by CoreDNS 1.14.7, whose verdicts were noted. */
class OptionVerdictsTest {
    private static final String VERDICTS = "option-verdicts.txt";

    /** Directives that let no query through to the next handler. */
    private static final Set<String> LAST = Set.of("whoami", "erratic", "forward");

    private static List<String> lines() throws IOException {
        try (InputStream in = OptionVerdictsTest.class.getResourceAsStream(VERDICTS)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void check_linesOfEveryKind_haveTheVerdictOfCoreDns() throws IOException {
        List<String> lines = lines();
        List<String> faults = new ArrayList<>();
        for (String line : lines) {
            String directive = line.substring(2);
            List<String> problems = problems(directive);
            if (problems.isEmpty() != isTaken(line)) {
                faults.add(line + " " + problems);
            }
        }
        assertThat(lines).hasSizeGreaterThan(350);
        assertThat(faults).isEmpty();
    }

    @Test
    void check_refusedLine_namesItsPlaceAndWhatWasExpected() throws IOException {
        assertThat(lines().stream().filter(line -> !isTaken(line)).toList())
                .allSatisfy(line -> assertThat(problems(line.substring(2)))
                        .as(line)
                        .allSatisfy(problem -> assertThat(problem).matches("Corefile:[2-5]:\\d+: .{10,}")));
    }

    private static boolean isTaken(String line) {
        return line.startsWith("+") || line.startsWith("?");
    }

    private static List<String> problems(String directive) {
        String last = LAST.contains(directive.split("[ ;]")[0]) ? "" : "whoami\n";
        return CorefileCheck.ofText(".:53 {\n" + directive.replace(';', '\n') + "\n" + last + "}\n").problems().stream()
                .filter(problem -> problem.severity().refuses())
                .map(Problem::toString)
                .toList();
    }
}
