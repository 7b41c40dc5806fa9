package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckTest {
    private static final String RIGHT = ".:1053 {\n    whoami\n}\n";
    private static final String WARNED = ".:1053 {\n    log stdout\n    whoami\n}\n";
    private static final String WRONG = ".:1053 {\n    whoam\n    proxy . 192.0.2.1\n}\n";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int check(String input, String... args) {
        Check check = new Check(
                Map.of("PORT", "1053"),
                new PluginOptions(Optional.empty(), folder.resolve("plugins.d")),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8));
        return new CommandLine(check).execute(args);
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    private String output() {
        return out.toString(StandardCharsets.UTF_8).replace(folder.toString(), "DIR");
    }

    @Test
    void call_rightFile_saysSoAndWhatWasNotTried() throws IOException {
        assertThat(check("", file("a", RIGHT))).isZero();
        assertThat(output()).isEqualTo("""
                DIR/a: would be taken
                  not tried: listening on dns://:1053
                """);
    }

    @Test
    void call_wrongFile_listsEveryProblemWithPlaceSeverityAndRemedy() throws IOException {
        assertThat(check("", file("a", WRONG))).isEqualTo(1);
        assertThat(output()).isEqualTo("""
                DIR/a:2:5: error: unknown directive 'whoam', did you mean 'whoami'?
                DIR/a:3:5: removed: directive 'proxy' was removed from CoreDNS in 1.5.0; write 'forward FROM TO...' \
                instead; its properties differ
                DIR/a: would not be taken, 1 error, 1 removed
                """);
    }

    @Test
    void call_warning_failsOnlyIfStrict() throws IOException {
        String file = file("a", WARNED);

        assertThat(check("", file)).isZero();
        assertThat(check("", "--strict", file)).isEqualTo(3);
        assertThat(check("", "--strict", file("b", RIGHT))).isZero();
        assertThat(check("", "--strict", file, file("c", WRONG))).isEqualTo(1);
    }

    @Test
    void call_standardInput_isReadForBothNames() {
        assertThat(check(RIGHT, "-")).isZero();
        assertThat(check(WRONG, "stdin")).isEqualTo(1);
        assertThat(output()).startsWith("stdin: would be taken").contains("Corefile:2:5: error: unknown directive");
    }

    @Test
    void call_folder_readsItsCorefile() throws IOException {
        file("Corefile", RIGHT);

        assertThat(check("", folder.toString())).isZero();
        assertThat(output()).startsWith("DIR/Corefile: would be taken");
    }

    @Test
    void call_fileThatIsNotThere_isAProblemOfTheFile() {
        assertThat(check("", folder.resolve("none").toString())).isEqualTo(1);
        assertThat(output()).startsWith("DIR/none:1:1: error: Corefile DIR/none does not exist");
    }

    @Test
    void call_noFileOrUnknownOption_isWrongUsage() {
        assertThat(check("")).isEqualTo(2);
        assertThat(check("", "--zurgel", "a")).isEqualTo(2);
    }

    @Test
    void call_environmentReference_isReplaced() throws IOException {
        assertThat(check("", file("a", ".:{$PORT} {\n  whoami\n}\n"))).isZero();
        assertThat(output()).contains("listening on dns://:1053");
    }

    @Test
    void call_variableNotSet_warnsOfItByNameOnce() throws IOException {
        assertThat(check("", file("a", ".:{$PORT} {$ZONES} {\n  whoami\n}\n"))).isZero();
        assertThat(output())
                .startsWith("DIR/a:1:11: warning: environment variable ZONES is not set, read as nothing\nDIR/a: would")
                .contains("would be taken, 1 warning\n");
    }

    /** What the shell leaves behind where kubectl found no ConfigMap of that name. */
    @Test
    void call_emptyFile_warnsThatWhoamiAnswers() throws IOException {
        assertThat(check("", "--strict", file("a", "\n"))).isEqualTo(3);
        assertThat(output()).startsWith("DIR/a:1:1: warning: no server block in it, 'whoami' answers every query\n");
    }

    @Test
    void call_directivesWithoutServerBlock_warnsThatItIsAZone() throws IOException {
        assertThat(check("", file("a", "errors\n"))).isZero();
        assertThat(output()).startsWith("""
                DIR/a:1:1: warning: server block without directives, queries for 'errors' get REFUSED; \
                is a line such as '.:53 {' missing above it?
                """);
    }

    @Test
    void call_severalMistakesOfAKind_countsThemInThePlural() throws IOException {
        assertThat(check("", file("a", ".:1053 {\n    whoam\n    errrors\n}\n")))
                .isEqualTo(1);
        assertThat(output()).endsWith("would not be taken, 2 errors\n");
    }

    @Test
    void call_defaultPort_isThatOfTheOption() throws IOException {
        assertThat(check("", "-dns.port", "5353", file("a", ". {\n  whoami\n}\n")))
                .isZero();
        assertThat(output()).contains("listening on dns://:5353");
    }

    @Test
    void call_machineLacksSomething_isJudgedUnlessElsewhere() throws IOException {
        String file = file("a", "import nothing\n.:1053 {\n  bind cairn0\n  whoami\n}\n");

        assertThat(check("", file)).isEqualTo(1);
        assertThat(check("", "--elsewhere", file)).isZero();
        assertThat(output()).contains("DIR/a:1:8: missing: cannot import 'nothing'");
    }

    @Test
    void call_json_isOneObjectOfTheDocumentedShape() throws IOException {
        String odd = ".:1053 {\n    \"who\\\"\\\\\u0001ä𝄞\"\n    log stdout\n}\n";

        assertThat(check("", "--json", file("a", odd), file("b", RIGHT))).isEqualTo(1);

        JsonNode files = new JsonMapper().readTree(out.toByteArray()).get("files");
        assertThat(files).hasSize(2);
        JsonNode bad = files.get(0);
        assertThat(bad.get("file").stringValue()).isEqualTo(folder.resolve("a").toString());
        assertThat(bad.get("starts").booleanValue()).isFalse();
        assertThat(bad.get("startsElsewhere").booleanValue()).isFalse();
        assertThat(bad.get("warns").booleanValue()).isTrue();
        assertThat(bad.get("problems")).hasSize(2);
        JsonNode problem = bad.get("problems").get(0);
        assertThat(problem.get("severity").stringValue()).isEqualTo("error");
        assertThat(problem.get("file").stringValue()).endsWith("/a");
        assertThat(problem.get("line").intValue()).isEqualTo(2);
        assertThat(problem.get("column").intValue()).isEqualTo(5);
        assertThat(problem.get("message").stringValue()).isEqualTo("unknown directive 'who\"\\\\\u0001ä𝄞'");
        assertThat(bad.get("problems").get(1).get("remedy").stringValue()).startsWith("remove the word");
        assertThat(files.get(1).get("starts").booleanValue()).isTrue();
        assertThat(files.get(1).get("notTried").get(0).stringValue()).isEqualTo("listening on dns://:1053");
    }
}
