package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Busybox's nslookup, the tool of every how-to, which is a resolver of its own. */
@ExtendWith(SharedHomelab.class)
class BusyboxClientTest {
    private static Pod pod;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        assumeTrue(Programs.present("busybox"), "the package busybox-static is not installed");
        pod = homelab.client("data");
    }

    @Test
    void nslookup_ofWholeName_addressFromTheServiceOfDns() throws Exception {
        Ran ran = pod.run("busybox", "nslookup", "grafana.monitoring.svc.cluster.local");

        assertThat(ran.requireSuccess().lines()).contains("Server:\t\t10.152.183.10", "Address: 10.152.183.51");
    }

    @Test
    void nslookup_ofUnknownName_saysSoAtOnce() throws Exception {
        Ran ran = pod.run("busybox", "nslookup", "nowhere.monitoring.svc.cluster.local");

        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.output() + ran.errors()).contains("NXDOMAIN");
        assertThat(ran.took().toMillis()).isLessThan(2_500);
    }
}
