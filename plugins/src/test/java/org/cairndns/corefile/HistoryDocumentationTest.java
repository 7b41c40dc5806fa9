package org.cairndns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table at the end of {@code docs/checking-a-corefile.md} is that of {@link History}. */
final class HistoryDocumentationTest {
    private static final Path PAGE = Path.of("..", "docs", "checking-a-corefile.md");
    private static final List<String> HEAD =
            List.of("| directive | option | severity | CoreDNS | what to do |", "|---|---|---|---|---|");

    @Test
    void page_endsWithTheRowsOfTheTable() throws IOException {
        List<String> expected = Stream.concat(
                        HEAD.stream(), History.rows().stream().map(HistoryDocumentationTest::row))
                .toList();
        List<String> page = Files.readAllLines(PAGE);

        assertThat(page.subList(page.lastIndexOf(HEAD.getFirst()), page.size())).isEqualTo(expected);
    }

    private static String row(Change row) {
        String option =
                row.option().isEmpty() ? "" : row.option().contains("'") ? row.option() : "`" + row.option() + "`";
        return "| `%s` | %s | %s | %s | %s |"
                .formatted(row.directive(), option, row.severity().text(), row.since(), row.remedy());
    }
}
