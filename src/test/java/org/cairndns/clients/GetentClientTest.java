package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Getent, the first thing that someone tries in a pod: each of its data bases asks in a way of its own. */
@ExtendWith(SharedHomelab.class)
class GetentClientTest {
    private static Pod pod;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        pod = homelab.client("data");
    }

    /** By gethostbyname2: AAAA alone, and when that is empty, A. */
    @Test
    void hosts_ofAServiceWithoutIpv6_itsWholeNameAndAddress() throws Exception {
        assertThat(pod.run("getent", "hosts", "postgresql").lines())
                .containsExactly("10.152.183.40   postgresql.data.svc.cluster.local");
    }

    @Test
    void hosts_ofAnAddress_theNameOfTheService() throws Exception {
        assertThat(pod.run("getent", "hosts", "10.152.183.51").lines())
                .containsExactly("10.152.183.51   grafana.monitoring.svc.cluster.local");
        assertThat(pod.run("getent", "hosts", "10.1.1.2").lines())
                .containsExactly("10.1.1.2        redis-node-2.redis-headless.data.svc.cluster.local");
    }

    /** By getaddrinfo. */
    @Test
    void ahosts_ofAHeadlessService_everyEndpoint() throws Exception {
        assertThat(pod.run("getent", "ahosts", "redis-headless").lines())
                .filteredOn(line -> line.contains("STREAM"))
                .map(line -> line.split(" ")[0])
                .containsExactlyInAnyOrder("10.1.1.0", "10.1.1.1", "10.1.1.2");
    }

    @Test
    void unknownName_exitCodeTwo() throws Exception {
        Ran unknown = pod.run("getent", "hosts", "nowhere.monitoring");

        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.took().toMillis()).isLessThan(2_500);
    }
}
