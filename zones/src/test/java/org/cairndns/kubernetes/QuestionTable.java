package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Questions with the answers wanted, from a text.
 *
 * <pre>
 *   NAME TYPE OUTCOME
 *       record of the answer section
 *       + record of the additional section
 * </pre>
 *
 * OUTCOME is {@code NOERROR}, {@code NODATA}, {@code NXDOMAIN}, {@code SERVFAIL}, {@code ALIAS TARGET} or {@code
 * NOTINZONE}. A tilde stands for {@code .svc.cluster.local.}, a caret for {@code .svc.clusterset.local.}; text behind
 * {@code #} is ignored.
 */
final class QuestionTable {
    /** A question with the lines of its answer. */
    record Row(String name, String type, List<String> expected) {}

    private QuestionTable() {}

    static String resource(String name) {
        try (InputStream in = QuestionTable.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<DynamicTest> tests(String table, ZoneLookup zone) {
        return rows(table).stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.name + " " + row.type,
                        () -> assertThat(Answers.ask(zone, row.name, row.type)).isEqualTo(row.expected)));
    }

    static List<Row> rows(String table) {
        List<Row> rows = new ArrayList<>();
        table.lines()
                .map(line -> line.replaceFirst("#.*", "").stripTrailing())
                .map(line -> line.replace("~", ".svc.cluster.local.").replace("^", ".svc.clusterset.local."))
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    if (line.startsWith(" ")) {
                        rows.getLast().expected.add(line.strip());
                    } else {
                        String[] words = line.split("\\s+", 3);
                        rows.add(new Row(words[0], words[1], new ArrayList<>(List.of(words[2]))));
                    }
                });
        return rows;
    }
}
