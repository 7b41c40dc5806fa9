package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Three RabbitMQ nodes find each other by the addresses of a headless service and the names of those addresses.
 *
 * <p>A second service selects the same pods, so that each address has two names. A node is found only if the first one is
 * its own.
 */
@ExtendWith(SharedHomelab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RabbitmqClientTest {
    /** A node takes about 4 seconds of CPU to start. */
    private static final Duration START = Duration.ofSeconds(240);

    private static final List<String> ADDRESSES = List.of("10.1.2.0", "10.1.2.1", "10.1.2.2");

    private static final String MOVED = "10.1.2.3";
    private static final List<String> ALL = List.of(node(0), node(1), node(2));

    private static Workload workload;
    private static HomelabObjects objects;
    private static List<Pod> pods;
    private static Map<Integer, Path> logs;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        objects.endpoints(
                "data", "rabbitmq", ADDRESSES.stream().map(Endpoint::of).toList(), "amqp:5672");
        nodesAreAt(ADDRESSES);
        pods = new ArrayList<>();
        logs = new HashMap<>();
        for (int i = 0; i < ADDRESSES.size(); i++) {
            pods.add(workload.pod("data", "rabbitmq-" + i, ADDRESSES.get(i)));
        }
        // One after the other, as a StatefulSet does: nodes that start at once may disagree about tables that they
        // migrate.
        for (int i = 0; i < ALL.size(); i++) {
            start(i);
            awaitStarted(i);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete("data", "rabbitmq");
            objects.delete("data", "rabbitmq-nodes");
            workload.close();
        }
    }

    private static String node(int index) {
        return "rabbit@rabbitmq-" + index + ".rabbitmq-nodes.data.svc.cluster.local";
    }

    /** All ready as far as the slice goes: nodes that start are published too, since their service says so. */
    private static void nodesAreAt(List<String> addresses) throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String address : addresses) {
            endpoints.add(Endpoint.named(address, "rabbitmq-" + endpoints.size()));
        }
        objects.endpoints("data", "rabbitmq-nodes", endpoints, "epmd:4369");
    }

    private static void start(int index) throws IOException {
        Path folder = workload.folder("rabbitmq-" + index);
        Path cookie = folder.resolve(".erlang.cookie");
        if (!Files.exists(cookie)) {
            Files.writeString(cookie, "HOMELAB");
            Files.setPosixFilePermissions(cookie, PosixFilePermissions.fromString("r--------"));
        }
        Files.writeString(folder.resolve("enabled_plugins"), "[].\n");
        Files.writeString(folder.resolve("rabbitmq.conf"), """
                cluster_formation.peer_discovery_backend = dns
                cluster_formation.dns.hostname = rabbitmq-nodes.data.svc.cluster.local
                cluster_formation.discovery_retry_limit = 2
                cluster_formation.discovery_retry_interval = 250
                """);
        List<String> command = environment(folder);
        command.addAll(List.of(
                "RABBITMQ_NODENAME=" + node(index),
                "RABBITMQ_MNESIA_BASE=" + folder.resolve("mnesia"),
                "RABBITMQ_LOG_BASE=" + folder.resolve("log"),
                "RABBITMQ_LOGS=-",
                "RABBITMQ_CONFIG_FILE=" + folder.resolve("rabbitmq.conf"),
                "RABBITMQ_ENABLED_PLUGINS_FILE=" + folder.resolve("enabled_plugins"),
                "RABBITMQ_FEATURE_FLAGS_FILE=" + folder.resolve("feature_flags"),
                "RABBITMQ_PID_FILE=" + folder.resolve("pid"),
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS=+S 1:1 +A 1 +sbwt none",
                "/usr/lib/rabbitmq/bin/rabbitmq-server"));
        logs.put(index, workload.start(pods.get(index), command.toArray(String[]::new)));
    }

    private static List<String> environment(Path home) {
        return new ArrayList<>(List.of(
                "env",
                "HOME=" + home,
                "RABBITMQ_CONF_ENV_FILE=/dev/null",
                "RABBITMQ_USE_LONGNAME=true",
                "ERL_CRASH_DUMP_SECONDS=0"));
    }

    private static String log(int index) throws IOException {
        return Files.readString(logs.get(index), StandardCharsets.ISO_8859_1);
    }

    private static void awaitStarted(int index) throws Exception {
        workload.await(node(index) + " is up", START, () -> log(index).contains("Server startup complete"));
    }

    /** The nodes that one of them sees running, in the order of their names. */
    private static List<String> running(int index) throws Exception {
        List<String> command = environment(workload.path("rabbitmq-" + index));
        command.addAll(List.of("/usr/lib/rabbitmq/bin/rabbitmqctl", "--node", node(index), "eval"));
        command.add("io:format(\"~p~n\", [lists:sort(rabbit_mnesia:cluster_nodes(running))]).");
        String output = pods.get(index).run(command.toArray(String[]::new)).output();
        return ALL.stream().filter(output::contains).toList();
    }

    @Test
    @Order(1)
    void nodes_formOneCluster() throws Exception {
        assertThat(running(0)).isEqualTo(ALL);
        assertThat(running(2)).isEqualTo(ALL);
    }

    @Test
    @Order(2)
    void nodeThatComesBackAtAnotherAddress_isInTheClusterAgain() throws Exception {
        workload.delete(pods.get(2));
        workload.await("the others miss it", () -> log(0).contains("rabbit on node '" + node(2) + "' down"));

        pods.set(2, workload.pod("data", "rabbitmq-2", MOVED));
        nodesAreAt(List.of(ADDRESSES.get(0), ADDRESSES.get(1), MOVED));
        start(2);

        awaitStarted(2);
        assertThat(running(0)).isEqualTo(ALL);
        assertThat(running(2)).isEqualTo(ALL);
    }
}
