package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

/** The directive in a whole server, which it comes to and leaves by reloads. */
@ExtendWith(LeakWatch.class)
class ShedTest {
    @TempDir
    private Path folder;

    @Test
    void server_withAndWithoutIt_answers() throws Exception {
        Path corefile = folder.resolve("Corefile");
        Files.writeString(corefile, ". {\n shed\n whoami\n}\n");
        try (TestServer server = TestServer.startFile(corefile)) {
            for (String directive : new String[] {"shed", "", "shed", "shed\n cancel 2s"}) {
                Files.writeString(corefile, ". {\n " + directive + "\n whoami\n}\n");
                assertThat(server.server().reload()).isTrue();
                for (int i = 0; i < 50; i++) {
                    assertThat(server.ask("example.org", "A").getRcode()).isEqualTo(Rcode.NOERROR);
                }
            }
        }
    }
}
