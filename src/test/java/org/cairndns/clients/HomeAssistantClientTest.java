package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Home Assistant's resolver, which takes names of the cluster for names of mDNS as well, and what comes first. */
@ExtendWith(SharedHomelab.class)
class HomeAssistantClientTest {
    private static final String MQTT = "mqtt:1883";

    private static Workload workload;
    private static HomelabObjects objects;
    private static Pod homeAssistant;
    private static String python;
    private static String program;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        python = PypiPrograms.needed("python");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        homeAssistant =
                workload.pod("automation", "home-assistant-0", "10.1.9.120").reachesGroups();
        program = Resource.copy("dual_resolve.py", workload.folder("client")).toString();
        objects.service("automation", "mosquitto", "None", MQTT);
        objects.endpoints("automation", "mosquitto", List.of(Endpoint.of("10.1.9.121")), MQTT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete("automation", "mosquitto");
            workload.close();
        }
    }

    @Test
    void clusterNames_areAnsweredLongBeforeMulticastGivesUp() throws Exception {
        Ran ran = homeAssistant.run(
                python, program, "mosquitto.automation.svc.cluster.local", "mosquitto.automation", "mosquitto");

        assertThat(ran.lines()).as("%s", ran).hasSize(3).allSatisfy(line -> {
            assertThat(line).startsWith("10.1.9.121 ");
            assertThat(Integer.parseInt(line.split(" ")[1])).as("milliseconds").isLessThan(2500);
        });
    }
}
