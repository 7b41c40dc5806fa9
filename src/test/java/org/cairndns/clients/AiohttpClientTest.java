package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** aiohttp with the resolver that Home Assistant gives it, which is c-ares by way of aiodns. */
@ExtendWith(SharedHomelab.class)
class AiohttpClientTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String HTTP = "http:8080";

    private static Workload workload;
    private static HomelabObjects objects;
    private static Pod homeAssistant;
    private static String program;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs(PYTHON, "python3");
        assumeTrue(
                Programs.run(PYTHON, "-c", "import aiohttp, aiodns").exit() == 0,
                "no aiohttp with aiodns: install Debian's packages python3-aiohttp and python3-aiodns");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        String server = Resource.copy("own_address.py", workload.folder("web")).toString();
        for (int i = 1; i <= 2; i++) {
            workload.start(workload.pod("automation", "zigbee-" + i, "10.1.9.10" + i), PYTHON, server, "8080");
        }
        homeAssistant = workload.pod("automation", "home-assistant-0", "10.1.9.100");
        program = Resource.copy("aiohttp_get.py", workload.folder("client")).toString();
        objects.service("automation", "zigbee", "None", HTTP);
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete("automation", "zigbee");
            workload.close();
        }
    }

    private static String get(String host) throws Exception {
        return homeAssistant
                .run(PYTHON, program, "http://" + host + ":8080/")
                .output()
                .strip();
    }

    @Test
    void service_isReachedByEachOfItsNamesAndFollowed() throws Exception {
        for (String address : List.of("10.1.9.101", "10.1.9.102")) {
            objects.endpoints("automation", "zigbee", List.of(Endpoint.of(address)), HTTP);

            workload.await(
                    address, () -> get("zigbee.automation.svc.cluster.local").equals(address));
            assertThat(get("zigbee")).isEqualTo(address);
            assertThat(get("zigbee.automation")).isEqualTo(address);
        }
    }

    @Test
    void nameThatIsNowhere_isSaidAtOnce() throws Exception {
        Ran ran = homeAssistant.run(PYTHON, program, "http://nowhere.automation.svc.cluster.local:8080/");

        assertThat(ran.output()).contains("ClientConnectorError").contains("not found");
        assertThat(ran.took()).isLessThan(java.time.Duration.ofSeconds(4));
    }
}
