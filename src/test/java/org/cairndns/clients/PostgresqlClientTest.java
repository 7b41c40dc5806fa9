package org.cairndns.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** libpq, by psql, finds the right one of two PostgreSQL servers; the servers know their clients by name. */
@ExtendWith(SharedHomelab.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresqlClientTest {
    private static final String NAMESPACE = "data";
    private static final String PORT = "postgres:5432";
    private static final String BOTH = "pg-1.pg.data.svc.cluster.local,pg-0.pg.data.svc.cluster.local";
    private static final String SERVICE_IP = "10.152.183.40";

    private static Workload workload;
    private static HomelabObjects objects;
    private static Pod primaryPod;
    private static Pod client;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs("psql", "postgresql-client");
        PostgresqlServer.needed();
        workload = Workload.in(homelab);
        objects = homelab.objects();
        headless("pg", Endpoint.named("10.1.0.40", "pg-0"), Endpoint.named("10.1.0.41", "pg-1"));
        headless("pg-rw", Endpoint.of("10.1.0.40"));
        headless("app", Endpoint.named("10.1.0.43", "app-0"));
        client = workload.pod(NAMESPACE, "app-0", "10.1.0.43");
        primaryPod = workload.pod(NAMESPACE, "pg-0", "10.1.0.40").answersFor(SERVICE_IP);
        Pod standbyPod = workload.pod(NAMESPACE, "pg-1", "10.1.0.41");
        new PostgresqlServer(workload, primaryPod).startPrimary(".data.svc.cluster.local");
        workload.await("the primary", () -> address("pg-0.pg").equals("10.1.0.40"));
        new PostgresqlServer(workload, standbyPod).startStandbyOf("pg-0.pg.data.svc.cluster.local");
        workload.await("the standby", () -> address("pg-1.pg").equals("10.1.0.41"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            for (String service : List.of("pg", "pg-rw", "app")) {
                objects.delete(NAMESPACE, service);
            }
            workload.close();
        }
    }

    private static void headless(String name, Endpoint... endpoints) throws Exception {
        objects.service(NAMESPACE, name, "None", PORT);
        objects.endpoints(NAMESPACE, name, List.of(endpoints), PORT);
    }

    private static Ran psql(Pod pod, String hosts, String attributes, String statement) throws Exception {
        String connection = "host=%s user=postgres dbname=postgres connect_timeout=5 target_session_attrs=%s"
                .formatted(hosts, attributes);
        return pod.run(Duration.ofSeconds(20), "psql", "--no-psqlrc", "-At", "-c", statement, connection);
    }

    private static String value(String hosts, String attributes, String statement) throws Exception {
        return psql(client, hosts, attributes, statement).output().strip();
    }

    /** The address of the server that psql gets to. */
    private static String address(String hosts) throws Exception {
        return value(hosts, "any", "select host(inet_server_addr())");
    }

    @Test
    void severalHosts_theOneThatTakesWritesIsFound() throws Exception {
        String where = "select host(inet_server_addr())";

        assertThat(value(BOTH, "read-write", where)).isEqualTo("10.1.0.40");
        assertThat(value(BOTH, "standby", where)).isEqualTo("10.1.0.41");
        assertThat(value("pg-rw", "read-write", where)).as("by the search list").isEqualTo("10.1.0.40");
        assertThat(value("postgresql", "read-write", where))
                .as("by its service")
                .isEqualTo(SERVICE_IP);
    }

    @Test
    void client_isLetInByTheNameOfItsAddress() throws Exception {
        assertThat(value("pg-rw", "any", "select client_hostname from pg_stat_activity where pid = pg_backend_pid()"))
                .isEqualTo("app-0.app.data.svc.cluster.local");
        assertThat(value("pg-rw", "any", "select client_hostname from pg_stat_replication"))
                .isEqualTo("pg-1.pg.data.svc.cluster.local");
    }

    @Test
    void clientWithoutAName_isNotLetIn() throws Exception {
        Pod stranger = workload.pod("default", "stranger", "10.1.0.44");

        Ran refused = psql(stranger, "pg-rw.data", "any", "select 1");

        assertThat(refused.errors()).contains("no pg_hba.conf entry for host \"10.1.0.44\"");
    }

    @Test
    void nameOfTwoServers_theOneThatIsGoneIsPassedOver() throws Exception {
        headless("pg-any", Endpoint.of("10.1.0.41"), Endpoint.of("10.1.0.45"));
        try {
            workload.await(
                    "both addresses",
                    () -> client.run("getent", "ahostsv4", "pg-any").output().contains("10.1.0.45"));
            for (int i = 0; i < 4; i++) {
                assertThat(address("pg-any")).isEqualTo("10.1.0.41");
            }
        } finally {
            objects.delete(NAMESPACE, "pg-any");
        }
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void standbyThatTakesOver_isFoundByTheSameNames() throws Exception {
        psql(client, "pg-1.pg", "any", "select pg_promote()").requireSuccess();
        workload.delete(primaryPod);
        headless("pg", Endpoint.named("10.1.0.41", "pg-1"));
        headless("pg-rw", Endpoint.of("10.1.0.41"));

        String write =
                "create temporary table written as select host(inet_server_addr()) as at; select at from written";
        String bothInOrder = "pg-0.pg.data.svc.cluster.local,pg-1.pg.data.svc.cluster.local";
        workload.await("pg-rw", () -> value("pg-rw", "read-write", write).endsWith("10.1.0.41"));
        assertThat(value(bothInOrder, "read-write", write)).endsWith("10.1.0.41");
    }
}
