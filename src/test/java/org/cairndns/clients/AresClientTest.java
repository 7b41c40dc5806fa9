package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program in C against c-ares. */
class AresClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        assumeTrue(Programs.present("gcc"), "the compiler gcc is not installed");
        assumeTrue(Path.of("/usr/include/ares.h").toFile().exists(), "the package libc-ares-dev is not installed");
        Path program = work.resolve("ares");
        String source = Resource.copy("ares.c", work).toString();
        Programs.run("gcc", "-O1", "-o", program.toString(), source, "-lcares").requireSuccess();
        return List.of(program.toString());
    }

    @Test
    void srv_everyTargetWithItsPort() throws Exception {
        assertThat(ask("srv", "_redis._tcp.redis-headless").items()).containsExactlyInAnyOrder(RedisTargets.ALL);
    }
}
