package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** Three Redis nodes and their Sentinels know each other by host name, also after one comes back at another address. */
@ExtendWith(SharedHomelab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RedisSentinelClientTest {
    private static final String SERVICE = "redis-headless";
    private static final String PORT = "redis:6379";

    /** As the homelab's slice has them. */
    private static final List<String> ADDRESSES = List.of("10.1.1.0", "10.1.1.1", "10.1.1.2");

    private static final String MOVED = "10.1.1.3";

    private static Workload workload;
    private static HomelabObjects objects;
    private static List<Pod> pods;
    private static Pod client;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs("redis-server", "redis-server");
        Workload.needs("redis-sentinel", "redis-sentinel");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        client = workload.pod("data", "app-0", "10.1.1.20");
        pods = new ArrayList<>();
        for (int i = 0; i < ADDRESSES.size(); i++) {
            pods.add(workload.pod("data", "redis-node-" + i, ADDRESSES.get(i)));
            redis(i, i == 0 ? "" : "replicaof " + host(0) + " 6379\n");
            sentinel(i);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete("data", SERVICE);
            workload.close();
        }
    }

    private static String host(int node) {
        return "redis-node-" + node + "." + SERVICE + ".data.svc.cluster.local";
    }

    private static void redis(int node, String role) throws IOException {
        String folder = workload.folder("redis-" + node).toString();
        String config = workload.file("redis-" + node + "/redis.conf", """
                port 6379
                bind 0.0.0.0
                protected-mode no
                dir %s
                save ""
                repl-diskless-sync-delay 0
                replica-announce-ip %s
                %s""".formatted(folder, host(node), role))
                .toString();
        workload.start(pods.get(node), "redis-server", config);
    }

    private static void sentinel(int node) throws IOException {
        String folder = workload.folder("sentinel-" + node).toString();
        String config = workload.file("sentinel-" + node + "/sentinel.conf", """
                port 26379
                bind 0.0.0.0
                protected-mode no
                dir %s
                sentinel resolve-hostnames yes
                sentinel announce-hostnames yes
                sentinel announce-ip %s
                sentinel monitor homelab %s 6379 2
                sentinel down-after-milliseconds homelab 1000
                sentinel failover-timeout homelab 5000
                """.formatted(folder, host(node), host(0)))
                .toString();
        workload.start(pods.get(node), "redis-sentinel", config);
    }

    private static String ask(String host, int port, String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("redis-cli", "-h", host, "-p", Integer.toString(port)));
        all.addAll(List.of(command));
        return client.run(all.toArray(String[]::new)).output();
    }

    /** The name of the master that the Sentinel of a node tells. */
    private static String master(int sentinel) throws Exception {
        return ask(host(sentinel), 26379, "sentinel", "get-master-addr-by-name", "homelab")
                .lines()
                .findFirst()
                .orElse("");
    }

    private static boolean knowsTheOthers(int sentinel) throws Exception {
        List<String> fields = ask(host(sentinel), 26379, "sentinel", "master", "homelab")
                .lines()
                .toList();
        return fields.contains("num-slaves")
                && fields.get(fields.indexOf("num-slaves") + 1).equals("2")
                && fields.get(fields.indexOf("num-other-sentinels") + 1).equals("2");
    }

    @Test
    @Order(1)
    void sentinels_findEachOtherAndTellTheMasterByName() throws Exception {
        for (int node = 0; node < ADDRESSES.size(); node++) {
            int sentinel = node;
            workload.await("sentinel " + node + " knows the others", () -> knowsTheOthers(sentinel));
            assertThat(master(node)).isEqualTo(host(0));
        }
        assertThat(ask(host(0), 6379, "set", "shelf", "full").strip()).isEqualTo("OK");
        workload.await("the replica", () -> ask(host(2), 6379, "get", "shelf").equals("full\n"));
    }

    @Test
    @Order(2)
    void masterThatIsGone_isReplacedAndComesBackAtAnotherAddress() throws Exception {
        workload.delete(pods.getFirst());
        nodeZeroIsAt(List.of());

        workload.await("a failover", () -> !master(1).isEmpty() && !master(1).equals(host(0)));
        String promoted = master(1);
        workload.await("both Sentinels agree", () -> master(2).equals(promoted));
        assertThat(promoted).isIn(host(1), host(2));
        assertThat(ask(promoted, 6379, "get", "shelf")).isEqualTo("full\n");

        pods.set(0, workload.pod("data", "redis-node-0", MOVED));
        nodeZeroIsAt(List.of(Endpoint.named(MOVED, "redis-node-0")));
        // It believes to be the master still, until the Sentinels reach it under its name.
        redis(0, "");

        workload.await(
                "node 0 follows the new master",
                () -> ask(promoted, 6379, "info", "replication")
                        .lines()
                        .anyMatch(line -> line.contains("ip=" + host(0)) && line.contains("state=online")));
        assertThat(ask(host(0), 6379, "get", "shelf")).isEqualTo("full\n");
    }

    private static void nodeZeroIsAt(List<Endpoint> nodeZero) throws IOException {
        List<Endpoint> all = new ArrayList<>(nodeZero);
        for (int node = 1; node < ADDRESSES.size(); node++) {
            all.add(Endpoint.named(ADDRESSES.get(node), "redis-node-" + node));
        }
        objects.endpoints("data", SERVICE, all, PORT);
    }
}
