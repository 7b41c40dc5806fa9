package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of {@code docs/clients.md} are tests, and tests of clients are rows. */
class ClientsPageTest {
    private static final int CELLS = 5;
    private static final String HEADER = "| Client | Asks | Ran | Seen | Test |";

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

    /** A line that stands anywhere else is shown as text with strokes. */
    @Test
    void line_ofATable_standsBelowItsHeader() throws IOException {
        List<String> lines = page();
        for (int i = 0; i < lines.size(); i++) {
            if (isOfATable(lines.get(i)) && !isOfATable(lines.get(i - 1))) {
                assertThat(lines.get(i)).isEqualTo(HEADER);
                assertThat(lines.get(i - 1)).isEmpty();
                assertThat(lines.get(i + 1)).startsWith("| --- |");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cert-manager",
                "cloudflared",
                "Flux",
                "Grafana",
                "Home Assistant",
                "Homepage",
                "nginx",
                "PostgreSQL",
                "Prometheus",
                "RabbitMQ",
                "Ray",
                "Redis",
                "Traefik",
                "Triton"
            })
    void programOfTheHomelab_ranItselfOrIsNamedAsNotRun(String program) throws IOException {
        List<String> lines = page();
        List<String> programs = lines.subList(lines.indexOf("## Programs"), lines.indexOf("## What would trip them"));
        List<String> notRun = lines.subList(lines.indexOf("## Not run"), lines.size());

        boolean ran = programs.stream().anyMatch(line -> line.startsWith("| " + program));
        assertThat(ran || String.join(" ", notRun).contains(program)).isTrue();
    }

    private static List<String> page() throws IOException {
        return Files.readAllLines(HomelabObjects.project().resolve("docs/clients.md"));
    }

    private static boolean isOfATable(String line) {
        return line.startsWith("|");
    }

    private static List<Row> rows() throws IOException {
        return page().stream()
                .filter(line -> isOfATable(line) && !line.equals(HEADER) && !line.startsWith("| ---"))
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
