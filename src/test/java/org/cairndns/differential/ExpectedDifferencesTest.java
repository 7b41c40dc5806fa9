package org.cairndns.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpectedDifferencesTest {
    @Test
    void everyDifference_hasItsRowInThePage() throws IOException {
        List<String> rows = Files.readAllLines(Path.of(System.getProperty("cairn.root", ""), "docs/differences.md"));

        for (ExpectedDifference difference : ExpectedDifferences.ALL) {
            assertThat(rows).as(difference.name()).anyMatch(line -> line.startsWith("| " + difference.row() + " |"));
        }
    }

    @Test
    void names_areUnique() {
        assertThat(ExpectedDifferences.ALL).extracting(ExpectedDifference::name).doesNotHaveDuplicates();
    }
}
