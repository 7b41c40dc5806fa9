package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Node's dns.resolve4 and its kin, which are c-ares without a search list: what Homepage falls back to. */
class NodeResolveClientTest extends ClientBattery {
    @Override
    List<String> command(Path work) throws Exception {
        return NodeLookupClientTest.lookup(work, "resolve");
    }

    @Override
    boolean searches() {
        return false;
    }

    @Override
    int maxMillis() {
        return 1_900;
    }

    @Test
    void srv_everyTargetWithItsPort() throws Exception {
        assertThat(ask("srv", "_redis._tcp.redis-headless.data.svc.cluster.local")
                        .items())
                .containsExactlyInAnyOrder(RedisTargets.ALL);
    }
}
