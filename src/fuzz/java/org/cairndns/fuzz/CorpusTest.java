package org.cairndns.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Seeds, and whatever was once handled wrong: each octet of the corpus, in this JVM and without Jazzer. */
class CorpusTest {
    @ParameterizedTest
    @EnumSource
    void target_itsCorpus_isHandledRight(Target target) throws IOException {
        try (Stream<Path> files = Files.list(FuzzFolders.corpus().resolve(target.label()))) {
            List<Path> all = files.sorted().toList();
            assertThat(all).isNotEmpty();
            for (Path file : all) {
                byte[] octets = Files.readAllBytes(file);
                assertThatCode(() -> target.run(octets)).as(file.toString()).doesNotThrowAnyException();
            }
        }
    }
}
