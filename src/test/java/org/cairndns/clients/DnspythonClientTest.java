package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Python's dnspython, a stub resolver of its own. */
class DnspythonClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return PythonClientTest.lookup(work, "dnspython", "dns");
    }

    @Test
    void srv_everyTargetWithItsPort() throws Exception {
        assertThat(ask("srv", "_redis._tcp.redis-headless").items()).containsExactlyInAnyOrder(RedisTargets.ALL);
    }
}
