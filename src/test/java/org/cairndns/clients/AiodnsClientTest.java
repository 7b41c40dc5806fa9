package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Python's aiodns on c-ares: Home Assistant's aiohttp. */
class AiodnsClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return PythonClientTest.lookup(work, "aiodns", "aiodns");
    }

    @Test
    void srv_everyTargetWithItsPort() throws Exception {
        assertThat(ask("srv", "_redis._tcp.redis-headless.data.svc.cluster.local")
                        .items())
                .containsExactlyInAnyOrder(RedisTargets.ALL);
    }
}
