package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketDropsTest {
    private static final String HEADING =
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops\n";

    @TempDir
    private Path process;

    private void table(String name, String lines) throws IOException {
        Files.createDirectories(process.resolve("net"));
        Files.writeString(process.resolve("net").resolve(name), HEADING + lines);
    }

    private void descriptor(int number, String target) throws IOException {
        Files.createDirectories(process.resolve("fd"));
        Files.createSymbolicLink(process.resolve("fd").resolve("" + number), Path.of(target));
    }

    @Test
    void byInode_bothFamilies_isTheLastColumn() throws IOException {
        table("udp", """
                  512: 0100007F:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000 65532        0 4711 2 0000000000000000 17
                12345: 0100007F:14E9 0200007F:1000 01 00000000:00000A00 00:00000000 00000000     0        0 4712 2 0000000000000000 0
                """);
        table("udp6", """
                   9: 00000000000000000000000000000000:0035 00000000000000000000000000000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 4713 2 0000000000000000 3
                """);

        assertThat(new SocketDrops(process).byInode())
                .containsOnly(entry(4711L, 17L), entry(4712L, 0L), entry(4713L, 3L));
    }

    @Test
    void byInode_notLinux_isEmpty() {
        assertThat(new SocketDrops(process).byInode()).isEmpty();
    }

    @Test
    void inode_socketFileAndNothing_onlyThatOfTheSocket() throws IOException {
        descriptor(7, "socket:[4711]");
        descriptor(8, "/dev/null");
        SocketDrops drops = new SocketDrops(process);

        assertThat(drops.inode(7)).isEqualTo(4711);
        assertThat(drops.inode(8)).isZero();
        assertThat(drops.inode(9)).isZero();
    }
}
