package org.cairndns.plugin.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostNameTest {
    private final FakeServer server = new FakeServer();

    @TempDir
    Path folder;

    @Test
    void of_kernelKnows_isWhatItSays() throws IOException {
        server.environment(Map.of("HOSTNAME", "other"));

        assertThat(HostName.of(Files.writeString(folder.resolve("hostname"), "coredns-abc\n"), server))
                .isEqualTo("coredns-abc");
    }

    @Test
    void of_noKernelFile_isTheVariableElseLocalhost() {
        Path missing = folder.resolve("missing");

        assertThat(HostName.of(missing, server)).isEqualTo("localhost");
        server.environment(Map.of("HOSTNAME", "mac"));
        assertThat(HostName.of(missing, server)).isEqualTo("mac");
    }
}
