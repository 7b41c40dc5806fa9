package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** nginx as the gateway: its own resolver finds the pods behind names, and follows them. */
@ExtendWith(SharedHomelab.class)
class NginxProxyClientTest {
    private static final String NAMESPACE = "networking";
    private static final String HTTP = "http:8080";
    private static final String GATEWAY = "10.1.6.10";

    /** From this version on, a server of an upstream can be looked up by SRV. */
    private static final String WITH_SRV = "1.27.3";

    /** Answers of each page: the address that the request went to. */
    private static final String BACKEND = """
            server { listen 8080; listen 8123; location / { return 200 $server_addr; } }
            """;

    private static final String PROXY = """
            resolver 10.152.183.10 valid=1s;
            server {
              listen 80;
              proxy_connect_timeout 2s;
              location /home { set $host_of home-assistant.automation.svc.cluster.local; proxy_pass http://$host_of:8123; }
              location /shop { set $host_of shop.networking.svc.cluster.local; proxy_pass http://$host_of:8080; }
              location /later { set $host_of later.networking.svc.cluster.local; proxy_pass http://$host_of:8080; }
            }
            """;

    private static Workload workload;
    private static HomelabObjects objects;
    private static Pod client;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs("nginx", "nginx");
        Workload.needs("curl", "curl");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        for (int i = 1; i <= 3; i++) {
            nginx(workload.pod(NAMESPACE, "shop-" + i, "10.1.6." + i), BACKEND);
        }
        nginx(workload.pod("automation", "home-assistant-0", "10.1.0.20").answersFor("10.152.183.20"), BACKEND);
        nginx(workload.pod(NAMESPACE, "nginx-0", GATEWAY), PROXY);
        client = workload.pod("default", "browser", "10.1.6.11");
        objects.service(NAMESPACE, "shop", "None", HTTP);
        shopIsAt("10.1.6.1");
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete(NAMESPACE, "shop");
            objects.delete(NAMESPACE, "later");
            workload.close();
        }
    }

    private static void nginx(Pod pod, String http) throws IOException {
        String name = pod.name();
        String folder = workload.folder(name).toString();
        String config =
                workload.file(name + ".conf", """
                daemon off; worker_processes 1; user root; pid %1$s/pid; error_log stderr;
                events { worker_connections 64; }
                http {
                  access_log off; client_body_temp_path %1$s/body; proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi; uwsgi_temp_path %1$s/uwsgi; scgi_temp_path %1$s/scgi;
                  %2$s
                }
                """.formatted(folder, http)).toString();
        workload.start(pod, "nginx", "-e", "stderr", "-c", config);
    }

    private static void shopIsAt(String... addresses) throws IOException {
        objects.endpoints(
                NAMESPACE, "shop", Arrays.stream(addresses).map(Endpoint::of).toList(), HTTP);
    }

    /** What the gateway sends: the address of the pod that answered, or an error page. */
    private static String page(String path) throws Exception {
        return client.run("curl", "-s", "--max-time", "10", "http://" + GATEWAY + path)
                .output();
    }

    @Test
    void serviceOfTheHomelab_isReached() throws Exception {
        workload.await("Home Assistant behind the gateway", () -> page("/home").equals("10.152.183.20"));
    }

    @Test
    void endpointThatMoves_isFollowedWithoutAnError() throws Exception {
        shopIsAt("10.1.6.1");
        workload.await("the first pod alone", NginxProxyClientTest::isOnlyTheFirst);

        shopIsAt("10.1.6.2");

        workload.await("the second pod", () -> {
            String address = page("/shop");
            assertThat(address).isIn("10.1.6.1", "10.1.6.2");
            return address.equals("10.1.6.2");
        });
    }

    /** What another test has said before may be with the gateway for a moment. */
    private static boolean isOnlyTheFirst() throws Exception {
        for (int i = 0; i < 12; i++) {
            if (!page("/shop").equals("10.1.6.1")) {
                return false;
            }
        }
        return true;
    }

    @Test
    void headlessService_isUsedInAllItsPods() throws Exception {
        shopIsAt("10.1.6.1", "10.1.6.2", "10.1.6.3");
        Set<String> seen = new TreeSet<>();

        workload.await("all three pods", () -> {
            seen.add(page("/shop"));
            return seen.containsAll(List.of("10.1.6.1", "10.1.6.2", "10.1.6.3"));
        });
    }

    @Test
    void serviceThatComesLater_isAnErrorAtOnceUntilThen() throws Exception {
        workload.await("the gateway", () -> page("/home").equals("10.152.183.20"));
        Ran early = client.run("curl", "-s", "-o", "/dev/null", "-w", "%{http_code}", "http://" + GATEWAY + "/later");
        assertThat(early.output()).isEqualTo("502");
        assertThat(early.took()).as("no wait for a resolver's timeout").isLessThan(Duration.ofSeconds(3));

        objects.service(NAMESPACE, "later", "None", HTTP);
        objects.endpoints(NAMESPACE, "later", List.of(Endpoint.of("10.1.6.3")), HTTP);

        workload.await("the service", () -> page("/later").equals("10.1.6.3"));
    }

    @Test
    void serverByServiceRecord_isFoundWithItsPortAndFollowed() throws Exception {
        String version = version();
        assumeTrue(
                Runtime.Version.parse(version).compareTo(Runtime.Version.parse(WITH_SRV)) >= 0,
                "nginx " + version + " can't look servers up by SRV, which began with " + WITH_SRV);
        Pod gateway = workload.pod(NAMESPACE, "nginx-srv", "10.1.6.12");
        shopIsAt("10.1.6.1", "10.1.6.2");
        nginx(gateway, """
                resolver 10.152.183.10 valid=1s;
                upstream shop { zone shop 64k; server shop.networking.svc.cluster.local service=http resolve; }
                server { listen 80; location / { proxy_pass http://shop; } }
                """);
        Set<String> seen = new TreeSet<>();

        for (String pod : List.of("10.1.6.2", "10.1.6.3")) {
            shopIsAt("10.1.6.1", pod);
            workload.await("10.1.6.1 and " + pod, () -> {
                seen.add(client.run("curl", "-s", "http://10.1.6.12/").output());
                return seen.containsAll(List.of("10.1.6.1", pod));
            });
        }
    }

    /** The version of nginx, such as 1.22.1. */
    private static String version() throws Exception {
        return Programs.run("nginx", "-v").errors().strip().replaceFirst(".*/([0-9.]+).*", "$1");
    }
}
