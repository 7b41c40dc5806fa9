package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cairndns.corefile.Change;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Severity;
import org.cairndns.plugin.PluginList;
import org.cairndns.testing.CorefileExamples;
import org.cairndns.testing.CorefileExamples.Example;
import org.junit.jupiter.api.Test;

/**
 * Every Corefile, and every Corefile block of a Markdown page, in the folder that the environment variable
 * {@code COREFILES} names is accepted.
 *
 * <p>Not counted against one: files, interfaces and clusters that it names and this machine lacks; directives that are not
 * here, and what CoreDNS itself removed, in the words of {@link History}.
 */
class CorefilesFolderTest {
    /** What marks an example of CoreDNS's own pages that is not to be taken, with the reason. */
    private static final Map<String, String> WRONG = Map.of(
            "some-plugin", "a word for any directive",
            "expr \"any(", "came to 'template' after 1.14.7",
            "service.nomad", "has 'cache' twice",
            "tls://example.org grpc://example.org", "has no certificate; differences.md has it");

    @Test
    void check_everyCorefileOfTheFolder_isAcceptedButForWhatIsDocumented() throws IOException {
        String folder = System.getenv("COREFILES");
        assumeTrue(folder != null, "COREFILES names no folder with Corefiles and Markdown pages: skipped");
        List<Example> examples = CorefileExamples.in(Path.of(folder), directives());
        List<String> faults = new ArrayList<>();
        Map<Severity, Integer> counts = new TreeMap<>();
        int clean = 0;
        for (Example example : examples) {
            if (WRONG.keySet().stream().anyMatch(example.text()::contains)) {
                continue;
            }
            // Pages leave values like this one to the environment.
            String text = example.text().replace("{$PORT}", "1053");
            List<Problem> problems = CorefileCheck.ofText(text).problems();
            problems.forEach(problem -> counts.merge(problem.severity(), 1, Integer::sum));
            List<String> bad = problems.stream()
                    .filter(CorefilesFolderTest::isFault)
                    .map(Problem::toString)
                    .toList();
            clean += problems.isEmpty() ? 1 : 0;
            if (!bad.isEmpty()) {
                faults.add(example.origin() + ": " + bad + "\n" + example.text());
            }
        }
        System.out.println(
                examples.size() + " Corefiles in " + folder + ", " + clean + " without a remark; remarks " + counts);
        assertThat(examples).isNotEmpty();
        assertThat(faults).as(String.join("\n", faults)).isEmpty();
    }

    /** Also those that are not here, so that a line of one is known as such. */
    private static Set<String> directives() {
        Set<String> names = new LinkedHashSet<>(PluginList.builtIn().names());
        names.addAll(History.rows().stream().map(Change::directive).collect(Collectors.toSet()));
        return names;
    }

    private static boolean isFault(Problem problem) {
        return switch (problem.severity()) {
            case ERROR -> true;
            case UNSUPPORTED, REMOVED -> History.rows().stream().noneMatch(row -> says(problem, row));
            case MISSING, WAITING, WARNING, DEPRECATED, IGNORED, NEWDEFAULT -> false;
        };
    }

    private static boolean says(Problem problem, Change row) {
        return problem.severity() == row.severity()
                && problem.remedy().equals(row.remedy())
                && problem.message().contains("'" + row.directive() + "'");
    }
}
