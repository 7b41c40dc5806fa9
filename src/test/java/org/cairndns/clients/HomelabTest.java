package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The homelab of the clients' tests stands, changes when its files change, and goes away. */
class HomelabTest {
    @Test
    void homelab_answersInPodsAndFollowsItsFiles() throws Exception {
        Path work;
        try (Homelab homelab = Homelab.start()) {
            work = homelab.work();
            Pod pod = homelab.pod("data", "client", "10.1.9.1");
            assertThat(addresses(pod, "postgresql")).containsExactly("10.152.183.40");
            assertThat(addresses(pod, "api.example.com")).containsExactly("203.0.113.10");

            homelab.objects().service("data", "web", "None", "http:80");
            homelab.objects().endpoints("data", "web", List.of(Endpoint.of("10.1.9.2")), "http:80");
            Homelab.await("the new service", () -> addresses(pod, "web").equals(List.of("10.1.9.2")));

            homelab.objects().service("data", "postgresql", "10.152.183.140", "postgres:5432");
            Homelab.await(
                    "the other address", () -> addresses(pod, "postgresql").equals(List.of("10.152.183.140")));
            homelab.objects().delete("data", "postgresql");
            Homelab.await(
                    "the homelab's own", () -> addresses(pod, "postgresql").equals(List.of("10.152.183.40")));
        }
        assertThat(work).doesNotExist();
    }

    private static List<String> addresses(Pod pod, String name) throws Exception {
        return pod.run("getent", "ahostsv4", name).lines().stream()
                .filter(line -> line.contains("STREAM"))
                .map(line -> line.split(" +")[0])
                .toList();
    }
}
