package org.cairndns.clients;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HAProxy as the gateway: it fills the servers of a backend from SRV records, ports included, and follows them. */
@ExtendWith(SharedHomelab.class)
class HaproxyClientTest {
    private static final String NAMESPACE = "networking";
    private static final String GATEWAY = "10.1.7.10";

    private static final String BACKEND = """
            defaults
              mode http
              timeout client 5s
            frontend page
              bind :8080
              http-request return status 200 content-type text/plain lf-string "%[dst]"
            """;

    private static final String PROXY = """
            resolvers cluster
              nameserver cairn 10.152.183.10:53
              accepted_payload_size 8192
              timeout resolve 500ms
              timeout retry 500ms
              hold valid 500ms
              hold obsolete 0s
            defaults
              mode http
              timeout connect 2s
              timeout client 5s
              timeout server 5s
            frontend gateway
              bind :80
              default_backend wiki
            backend wiki
              balance roundrobin
              server-template wiki 5 _http._tcp.wiki.networking.svc.cluster.local resolvers cluster init-addr none
            """;

    private static Workload workload;
    private static HomelabObjects objects;
    private static Pod client;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs("haproxy", "haproxy");
        Workload.needs("curl", "curl");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        objects.service(NAMESPACE, "wiki", "None", "http:8080");
        for (int i = 1; i <= 4; i++) {
            haproxy(workload.pod(NAMESPACE, "wiki-" + i, "10.1.7." + i), BACKEND);
        }
        wikiIsAt("10.1.7.1", "10.1.7.2", "10.1.7.3");
        haproxy(workload.pod(NAMESPACE, "haproxy-0", GATEWAY), PROXY);
        client = workload.pod("default", "browser", "10.1.7.11");
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete(NAMESPACE, "wiki");
            workload.close();
        }
    }

    private static void haproxy(Pod pod, String config) throws IOException {
        String file = workload.file(pod.name() + ".cfg", "global\n  nbthread 1\n  maxconn 50\n" + config)
                .toString();
        workload.start(pod, "haproxy", "-db", "-f", file);
    }

    private static void wikiIsAt(String... addresses) throws IOException {
        List<Endpoint> endpoints = Arrays.stream(addresses)
                .map(address -> Endpoint.named(address, "wiki-" + address.substring(address.lastIndexOf('.') + 1)))
                .toList();
        objects.endpoints(NAMESPACE, "wiki", endpoints, "http:8080");
    }

    /** The pods that answer one request more than there are servers, so that each has its turn. */
    private static Set<String> podsInTurn() throws Exception {
        Set<String> pods = new TreeSet<>();
        for (int i = 0; i < 6; i++) {
            pods.add(client.run("curl", "-s", "--max-time", "5", "http://" + GATEWAY + "/")
                    .output());
        }
        return pods;
    }

    @Test
    void serversBySrv_areAllUsedAndFollowTheSlice() throws Exception {
        workload.await("three pods in turn", () -> podsInTurn().equals(Set.of("10.1.7.1", "10.1.7.2", "10.1.7.3")));

        wikiIsAt("10.1.7.3", "10.1.7.4");

        workload.await("the two that are left", () -> podsInTurn().equals(Set.of("10.1.7.3", "10.1.7.4")));
    }
}
