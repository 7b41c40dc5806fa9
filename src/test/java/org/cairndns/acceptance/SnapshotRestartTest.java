package org.cairndns.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.acceptance.SeedApi.Endpoint;
import org.cairndns.kubernetes.testing.TestApi;
import org.cairndns.kubernetes.testing.TestApis;
import org.cairndns.testing.Await;
import org.cairndns.testing.FreePort;
import org.cairndns.testing.HttpStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.DClass;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** A process that begins while the API is away, with the snapshot that another one left. */
class SnapshotRestartTest {
    /** Far more than {@code perf/faults api-gone-at-start} asks for: here a machine that builds starts it without its archive. */
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(20);

    private static final Duration REPAIR = Duration.ofSeconds(10);
    private static final int SERVICES = 40;

    @TempDir
    private Path work;

    private TestApi api;
    private SeedApi objects;
    private Path snapshot;
    private Path log;
    private int port;
    private int readyPort;

    @BeforeEach
    void start() throws IOException {
        api = TestApis.start(Files.createDirectory(work.resolve("api")), "--service-cluster-ip-range=10.152.0.0/16");
        objects = new SeedApi(api);
        objects.namespace("data");
        for (int i = 0; i < SERVICES; i++) {
            objects.service("data", "web-" + i, SeedApi.HTTP, "10.152.7." + (1 + i));
        }
        objects.headless("data", "db", SeedApi.HTTP);
        objects.slice("data", "db", "a", SeedApi.HTTP, List.of(Endpoint.named("10.1.0.1", "db-0")));
        objects.externalName("data", "alias", "web-0.data.svc.cluster.local");
        snapshot = Files.createDirectory(work.resolve("kept")).resolve("cluster.snapshot");
        log = work.resolve("log");
        port = FreePort.find();
        readyPort = FreePort.find();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private ServerProcess server() throws IOException {
        Path corefile = work.resolve("Corefile");
        Files.writeString(corefile, """
                .:%d {
                    bind 127.0.0.1
                    ready 127.0.0.1:%d
                    kubernetes cluster.local in-addr.arpa {
                        kubeconfig "%s"
                        snapshot "%s"
                        ttl 30
                    }
                }
                """.formatted(port, readyPort, api.kubeconfig(), snapshot));
        return ServerProcess.start(log, Map.of(), "-conf", corefile.toString());
    }

    @Test
    void process_startedWhileTheApiIsAway_answersFromTheSnapshotUntilItIsBack() throws Exception {
        try (ServerProcess first = server()) {
            Await.until("snapshot", () -> Files.exists(snapshot));
            assertThat(ask("web-0.data.svc.cluster.local", Type.A)).isEqualTo("NOERROR 30 10.152.7.1");
            // The one that was there first may have come between two objects.
            Await.until("all of it", () -> ready() == 200);
            assertThat(first.stop()).isZero();
        }
        api.kill();
        List<String> denied = new ArrayList<>();
        long startNanos = System.nanoTime();
        try (ServerProcess second = server()) {
            for (int i = 0; i < SERVICES; i++) {
                int service = i;
                String name = "web-" + i + ".data.svc.cluster.local";
                Await.until(name, FIRST_ANSWER, () -> {
                    String answer = ask(name, Type.A);
                    if (answer.startsWith("NXDOMAIN") || answer.equals("NOERROR")) {
                        denied.add(name);
                    }
                    return answer.equals("NOERROR 5 stale 10.152.7." + (1 + service));
                });
            }
            System.out.println("SnapshotRestartTest: all services answered "
                    + Duration.ofNanos(System.nanoTime() - startNanos).toMillis() + " ms after the start");
            assertThat(denied).isEmpty();
            assertFromSnapshot();
            assertThat(second.isAlive()).isTrue();

            api.restart();
            long backNanos = System.nanoTime();
            objects.service("data", "new", SeedApi.HTTP, "10.152.7.200");
            objects.deleteService("data", "web-1");
            Await.until(
                    "repaired",
                    REPAIR,
                    () -> ask("new.data.svc.cluster.local", Type.A).equals("NOERROR 30 10.152.7.200")
                            && ask("web-1.data.svc.cluster.local", Type.A).startsWith("NXDOMAIN"));
            System.out.println("SnapshotRestartTest: repaired "
                    + Duration.ofNanos(System.nanoTime() - backNanos).toMillis() + " ms after the API's return");
            assertThat(ask("web-0.data.svc.cluster.local", Type.A)).isEqualTo("NOERROR 30 10.152.7.1");
            assertThat(ask("nope.data.svc.cluster.local", Type.A)).startsWith("NXDOMAIN");
        }
    }

    private void assertFromSnapshot() {
        assertThat(ready()).isEqualTo(200);
        assertThat(ask("web-0.data.svc.cluster.local", Type.AAAA)).isEqualTo("NOERROR 5 stale");
        assertThat(ask("db.data.svc.cluster.local", Type.A)).isEqualTo("NOERROR 5 stale 10.1.0.1");
        assertThat(ask("db-0.db.data.svc.cluster.local", Type.A)).isEqualTo("NOERROR 5 stale 10.1.0.1");
        assertThat(ask("alias.data.svc.cluster.local", Type.CNAME))
                .isEqualTo("NOERROR 5 stale web-0.data.svc.cluster.local.");
        assertThat(ask("1.0.1.10.in-addr.arpa", Type.PTR)).isEqualTo("NOERROR 5 stale db-0.db.data.svc.cluster.local.");
        for (String unknown : List.of(
                "nope.data.svc.cluster.local",
                "web-0.nope.svc.cluster.local",
                "db-1.db.data.svc.cluster.local",
                "_x._tcp.web-0.data.svc.cluster.local",
                "9.9.9.10.in-addr.arpa")) {
            assertThat(ask(unknown, Type.A)).as(unknown).isEqualTo("SERVFAIL 5 not ready");
        }
    }

    /** RCODE, the largest TTL, what an extended error says, RDATA of the answers. */
    private String ask(String name, int type) {
        try {
            SimpleResolver resolver = new SimpleResolver("127.0.0.1");
            resolver.setPort(port);
            resolver.setTimeout(Duration.ofMillis(200));
            resolver.setEDNS(0, 1232, 0);
            Message answer =
                    resolver.send(Message.newQuery(Record.newRecord(Name.fromString(name + "."), type, DClass.IN)));
            StringBuilder text = new StringBuilder(Rcode.string(answer.getRcode()));
            List<Record> records = new ArrayList<>(answer.getSection(Section.ANSWER));
            records.addAll(answer.getSection(Section.AUTHORITY));
            text.append(' ')
                    .append(records.stream().mapToLong(Record::getTTL).max().orElse(0));
            text.append(extendedError(answer));
            answer.getSection(Section.ANSWER).forEach(record -> text.append(' ').append(record.rdataToString()));
            return text.toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String extendedError(Message answer) {
        Optional<EDNSOption> error = answer.getOPT() == null
                ? Optional.empty()
                : answer.getOPT().getOptions().stream()
                        .filter(ExtendedErrorCodeOption.class::isInstance)
                        .findFirst();
        return error.map(option -> switch (((ExtendedErrorCodeOption) option).getErrorCode()) {
                    case ExtendedErrorCodeOption.STALE_ANSWER -> " stale";
                    case ExtendedErrorCodeOption.NOT_READY -> " not ready";
                    default -> " " + option;
                })
                .orElse("");
    }

    private int ready() {
        try {
            return HttpStatus.of(URI.create("http://127.0.0.1:" + readyPort + "/ready"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
