package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Java's JNDI provider for DNS, which has no search list. */
class JndiClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) {
        return JavaClientTest.lookup("jndi");
    }

    @Override
    boolean searches() {
        return false;
    }

    @Override
    int maxMillis() {
        return 900;
    }

    @Test
    void srv_everyTargetWithItsPort() throws Exception {
        assertThat(ask("srv", "_redis._tcp.redis-headless.data.svc.cluster.local")
                        .items())
                .containsExactlyInAnyOrder(RedisTargets.ALL);
    }
}
