package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rows of {@code docs/clients.md} are tests, and tests of clients are rows. */
class ClientsPageTest {
    private static final int CELLS = 5;

    private record Row(String client, String test, List<String> cells) {}

    @Test
    void row_isWholeAndNamesATestThatIsThere() throws IOException {
        assertThat(rows()).isNotEmpty().allSatisfy(row -> {
            assertThat(row.cells()).as(row.client()).hasSize(CELLS).noneMatch(String::isBlank);
            assertThat(tests()).as(row.client()).contains(row.test());
        });
    }

    @Test
    void testOfAClient_hasARow() throws IOException {
        List<String> named = rows().stream().map(Row::test).toList();

        assertThat(tests())
                .filteredOn(test -> test.endsWith("ClientTest"))
                .allSatisfy(test -> assertThat(named).contains(test));
    }

    private static List<Row> rows() throws IOException {
        return Files.readAllLines(HomelabObjects.project().resolve("docs/clients.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| Client |") && !line.startsWith("| ---"))
                .map(line -> Stream.of(line.substring(1, line.length() - 1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .map(cells -> new Row(cells.getFirst(), cells.getLast().replace("`", ""), cells))
                .toList();
    }

    /** Names of the test classes of this package. */
    private static List<String> tests() throws IOException {
        Path folder = HomelabObjects.project().resolve("src/test/java/org/cairndns/clients");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.replace(".java", ""))
                    .toList();
        }
    }
}
