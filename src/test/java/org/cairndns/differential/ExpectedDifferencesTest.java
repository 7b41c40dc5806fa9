package org.cairndns.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExpectedDifferencesTest {
    @Test
    void everyDifference_isToldInItsPage() throws IOException {
        Path docs = Path.of(System.getProperty("cairn.root", ""), "docs");

        for (ExpectedDifference difference : ExpectedDifferences.ALL) {
            String text = Files.readString(docs.resolve(difference.page())).replaceAll("\\s+", " ");
            String words = difference.isRow() ? "| " + difference.words() + " |" : difference.words();
            assertThat(text).as(difference.name()).contains(words);
        }
    }

    @Test
    void names_areUnique() {
        assertThat(ExpectedDifferences.ALL).extracting(ExpectedDifference::name).doesNotHaveDuplicates();
    }
}
