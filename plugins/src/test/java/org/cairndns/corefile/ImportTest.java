package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code import} of snippets, files and patterns. */
final class ImportTest {
    @TempDir
    Path directory;

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private Parsed parse(String text) {
        return Parsed.of(new CorefileSource(text, "Corefile", directory, Map.of("NAME", "part.conf")));
    }

    private void assertOutline(String text, String outline) {
        Parsed parsed = parse(text);
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.outline()).isEqualTo(outline);
        assertThat(parsed.warnings()).isEmpty();
    }

    private void assertProblems(String text, String... problems) {
        assertThat(parse(text).problems()).containsExactly(problems);
    }

    @Test
    void snippet_atEveryLevel_replacesItsLine() {
        assertOutline("""
                (directives) {
                    errors
                    log
                }
                (properties) {
                    max_fails 3
                    force_tcp
                }
                (block) {
                    a.org {
                        import directives
                    }
                }
                import block
                b.org {
                    import directives
                    forward . 10.0.0.1 {
                        import properties
                        policy random
                    }
                }
                """, """
                dns://a.org.
                  errors
                  log
                dns://b.org.
                  errors
                  log
                  forward [.] [10.0.0.1] {}
                    max_fails [3]
                    force_tcp
                    policy [random]
                """);
    }

    @Test
    void snippet_thatUsesALaterOne_isExpandedWhereItIsUsed() {
        assertOutline(
                "(b) {\n import a\n log\n}\n(a) {\n errors\n}\n. {\n import b\n}\n", "dns://.\n  errors\n  log\n");
    }

    @Test
    void snippet_onOneLine_startsALineOfItsOwn() {
        assertOutline("(a) { errors\n}\n. {\n log\n import a\n ready\n}\n", "dns://.\n  log\n  errors\n  ready\n");
    }

    @Test
    void file_relativeToTheImportingFile_replacesItsLine() throws IOException {
        write("conf/zones.conf", "example.org {\n  import ../part.conf\n}\n");
        write("part.conf", "errors\nlog . {\n  class error\n}");

        assertOutline("import conf/zones.conf\n. {\n import {$NAME}\n ready\n}\n", """
                dns://example.org.
                  errors
                  log [.] {}
                    class [error]
                dns://.
                  errors
                  log [.] {}
                    class [error]
                  ready
                """);
    }

    @Test
    void file_wordsInIt_arePositionedInIt() throws IOException, CorefileException {
        Path file = write("part.conf", "\n errors x\n");

        Directive errors = CorefileParser.parse(
                        new CorefileSource(". {\n import part.conf\n}\n", "Corefile", directory, Map.of()),
                        warning -> {})
                .get(0)
                .directives()
                .get(0);

        assertThat(errors.args().get(0).position()).hasToString(file + ":2:9");
    }

    @Test
    void file_problemInIt_isPositionedInIt() throws IOException {
        Path file = write("part.conf", "errors\nhealth }\n");

        assertProblems(
                ". {\n import part.conf\n log\n}\n",
                file + ":2:8: unexpected '}' after 'health', expected it on a line of its own");
    }

    @Test
    void file_keys_areUsedAsKeys() throws IOException {
        write("keys.conf", "a.org, b.org");

        assertOutline("import keys.conf\n{\n errors\n}\n", "dns://a.org. dns://b.org.\n  errors\n");
    }

    @Test
    void file_withSnippets_definesThem() throws IOException {
        write("snippets.conf", "(a) {\n errors\n}\n");

        assertOutline("import snippets.conf\n. {\n import a\n}\n", "dns://.\n  errors\n");
    }

    @Test
    void pattern_severalFiles_readInNameOrder() throws IOException {
        write("custom/b.override", "log");
        write("custom/a.override", "errors");
        write("custom/.c.override", "ready");
        write("custom/d.server", "loop");

        assertOutline(". {\n import custom/*.override\n}\n", "dns://.\n  ready\n  errors\n  log\n");
        assertOutline(". {\n import custom/?.server\n}\n", "dns://.\n  loop\n");
        assertOutline(". {\n import *stom/d.server\n}\n", "dns://.\n  loop\n");
        assertOutline(". {\n import custom\\/d.serve\\r\n}\n", "dns://.\n  loop\n");
    }

    @Test
    void pattern_inAConfigMapVolume_skipsItsBookkeeping() throws IOException {
        write("custom/..2026_01_01/a.override", "errors");
        Files.createSymbolicLink(directory.resolve("custom/..data"), Path.of("..2026_01_01"));
        Files.createSymbolicLink(directory.resolve("custom/a.override"), Path.of("..data/a.override"));

        assertOutline(". {\n import custom/*\n}\n", "dns://.\n  errors\n");
    }

    @Test
    void pattern_withoutMatch_isOnlyAWarning() {
        Parsed parsed = parse(". {\n import custom/*.override\n errors\n}\nimport custom/*.server\n");

        assertThat(parsed.outline()).isEqualTo("dns://.\n  errors\n");
        assertThat(parsed.warnings())
                .containsExactly(
                        "Corefile:2:9: no file matches the import pattern 'custom/*.override'",
                        "Corefile:5:8: no file matches the import pattern 'custom/*.server'");
    }

    @Test
    void emptyFile_addsNothing() throws IOException {
        write("empty.conf", "# nothing\n");

        assertOutline(
                "import empty.conf\n. {\n import empty.conf\n errors\n}\nimport empty.conf\n", "dns://.\n  errors\n");
    }

    @Test
    void quoteLeftOpenInAFile_warnsAtItsPlace() throws IOException {
        Path file = write("part.conf", "log \"x");

        assertThat(parse(".\nimport part.conf\n").warnings())
                .containsExactly(file + ":1:5: quote is never closed, expected '\"', got end of file");
    }

    @Test
    void badArguments_problem() {
        assertProblems(
                "import\n. {\n import a b\n health {\n  import \"\"\n }\n}\n",
                "Corefile:1:1: bad import, expected one snippet, file or pattern, got 0 arguments",
                "Corefile:3:2: bad import, expected one snippet, file or pattern, got 2 arguments",
                "Corefile:5:3: bad import, expected one snippet, file or pattern, got an empty name");
    }

    @Test
    void badPattern_problem() {
        String expected =
                "bad import pattern, expected at most one '*', one '?' and no '[...]', got '" + directory + "/";
        assertProblems(
                ". {\n import */*.conf\n import ??\n import [ab].conf\n}\n",
                "Corefile:2:9: " + expected + "*/*.conf'",
                "Corefile:3:9: " + expected + "??'",
                "Corefile:4:9: " + expected + "[ab].conf'");
    }

    @Test
    void missingFile_problem() {
        assertProblems(
                "import nowhere\n",
                "Corefile:1:8: cannot import 'nowhere', expected a snippet defined above or a file, got neither");
        assertProblems(
                "import \"a\u0000b\"\n",
                "Corefile:1:8: cannot import 'a\u0000b', expected a path, got Nul character not allowed");
    }

    @Test
    void directory_problem() throws IOException {
        Files.createDirectory(directory.resolve("sub"));

        assertProblems(
                "import sub\n",
                "Corefile:1:8: cannot import '" + directory + "/sub', expected a file, got a directory");
    }

    @Test
    void danglingLink_problem() throws IOException {
        Files.createSymbolicLink(directory.resolve("gone"), Path.of("nowhere"));

        assertThat(parse("import gone\n").problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:1:8: cannot import '" + directory + "/gone', expected a readable file, got ");
    }

    @Test
    void snippetThatImportsItself_problemWhereItIsDefined() {
        assertProblems(
                "(a) {\n errors\n import a\n}\n. {\n}\n",
                "Corefile:3:9: endless import, expected no cycle, got snippet 'a' within itself");
    }

    @Test
    void snippetsThatImportEachOther_problem() {
        assertProblems(
                "(a) {\n import b\n}\n(b) {\n import a\n}\n. {\n import a\n}\n",
                "Corefile:5:9: endless import, expected no cycle, got snippet 'a' within itself");
    }

    @Test
    void filesThatImportEachOther_problem() throws IOException {
        Path a = write("a.conf", "import b.conf");
        Path b = write("b.conf", "import a.conf");

        assertProblems(
                ". {\n import a.conf\n}\n", b + ":1:8: endless import, expected no cycle, got " + a + " within itself");
    }

    @Test
    void mainFileThatImportsItself_problem() throws IOException {
        String text = ". {\n import Corefile\n}\n";
        Path main = write("Corefile", text);

        assertProblems(text, "Corefile:2:9: endless import, expected no cycle, got " + main + " within itself");
    }

    @Test
    void sameFileTwice_isNoCycle() throws IOException {
        write("a.conf", "log a");

        assertOutline(". {\n import a.conf\n import a.conf\n}\n", "dns://.\n  log [a]\n  log [a]\n");
    }

    @Test
    void snippetsThatMultiply_stopAtTheBound() {
        String snippets = IntStream.range(0, 20)
                .mapToObj(i -> "(s%d) {\n import s%d\n import s%d\n}\n".formatted(i, i + 1, i + 1))
                .collect(Collectors.joining());

        List<String> problems =
                parse(snippets + "(s20) {\n errors\n}\n. {\n import s0\n}\n").problems();

        assertThat(problems)
                .isNotEmpty()
                .allMatch(problem -> problem.endsWith("too many imports, expected at most 10000 of snippets"));
    }

    @Test
    void longChainOfSnippets_isRead() {
        String snippets = IntStream.range(0, 5_000)
                .mapToObj(i -> "(s%d) {\n import s%d\n}\n".formatted(i, i + 1))
                .collect(Collectors.joining());

        assertOutline(snippets + "(s5000) {\n errors\n}\n. {\n import s0\n}\n", "dns://.\n  errors\n");
    }

    @Test
    void snippetsThatMultiplyWords_stopAtTheBound() {
        String body = " log " + "x ".repeat(20_000) + "\n";
        String text = "(a) {\n" + body + "}\n. {\n" + " import a\n".repeat(100) + "}\n";

        assertThat(parse(text).problems())
                .first()
                .asString()
                .endsWith("imported text is too long, expected at most 1000000 words in all");
    }

    @Test
    void hugeFile_problem() throws IOException {
        write("huge.conf", "#".repeat(FileImports.MAX_FILE_OCTETS + 1));

        assertProblems(
                "import huge.conf\n",
                "Corefile:1:8: cannot import '" + directory
                        + "/huge.conf', expected at most 16777216 octets, got more");
    }
}
