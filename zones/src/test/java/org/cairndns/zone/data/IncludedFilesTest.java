package org.cairndns.zone.data;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncludedFilesTest {
    @TempDir
    Path folder;

    @Test
    void of_includeOfWhatIsNoPath_isAFaultOfTheZone() throws Exception {
        Path file = Files.writeString(folder.resolve("example.zone"), "; one\n$INCLUDE a\0b\n");

        assertThatThrownBy(() -> IncludedFiles.of(file))
                .isInstanceOf(ZoneException.class)
                .hasMessage(file + ":2: $INCLUDE of what is no path: Nul character not allowed");
    }
}
