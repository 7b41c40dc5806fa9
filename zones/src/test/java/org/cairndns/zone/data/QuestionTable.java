package org.cairndns.zone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Questions to a zone with the answers wanted, from a text.
 *
 * <pre>
 *   NAME TYPE[+DO] RCODE [aa]
 *       record of the answer section
 *       - record of the authority section
 *       + record of the additional section
 * </pre>
 *
 * Text behind {@code #} is ignored; the records of a section may come in any order, letters in any case.
 */
final class QuestionTable {
    private record Row(String name, String type, List<String> expected) {}

    private QuestionTable() {}

    static Stream<DynamicTest> tests(String table, Zone zone) {
        return rows(table).stream()
                .map(row -> DynamicTest.dynamicTest(row.name + " " + row.type, () -> check(row, zone)));
    }

    private static void check(Row row, Zone zone) {
        boolean dnssecOk = row.type.endsWith("+DO");
        String type = dnssecOk ? row.type.substring(0, row.type.length() - 3) : row.type;
        List<String> got = TestZones.ask(zone, row.name, type, dnssecOk);
        assertThat(got.getFirst()).isEqualTo(row.expected.getFirst());
        assertThat(lowerCase(got)).containsExactlyInAnyOrderElementsOf(lowerCase(row.expected));
    }

    private static List<String> lowerCase(List<String> lines) {
        return lines.stream().map(line -> line.toLowerCase(Locale.ROOT)).toList();
    }

    private static List<Row> rows(String table) {
        List<Row> rows = new ArrayList<>();
        table.lines()
                .map(line -> line.replaceFirst("#.*", "").stripTrailing())
                .filter(line -> !line.isBlank())
                .forEach(line -> {
                    if (line.startsWith(" ")) {
                        rows.getLast().expected.add(line.strip().replaceAll("\\s+", " "));
                    } else {
                        String[] words = line.split("\\s+", 3);
                        rows.add(new Row(words[0], words[1], new ArrayList<>(List.of(words[2]))));
                    }
                });
        return rows;
    }
}
