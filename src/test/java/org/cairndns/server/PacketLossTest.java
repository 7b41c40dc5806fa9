package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.SoftAssertions;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.kubernetes.testing.ApiServerDouble;
import org.cairndns.perf.faults.loss.ClientTally;
import org.cairndns.perf.faults.loss.LossRun;
import org.cairndns.perf.faults.loss.LossScene;
import org.cairndns.perf.faults.loss.LossyNetwork;
import org.cairndns.perf.faults.loss.SceneResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server in network namespaces whose packets get lost on the ways to upstreams, clients and the API, come late, out of order or
 * twice: names are answered within the client's own retry, no answer goes to another question. The full size is {@code perf/faults
 * loss}.
 */
class PacketLossTest {
    private static final int API_LOSS_PERCENT = 10;
    private static final int SECONDS = Integer.getInteger("cairn.loss.seconds", 3);
    private static final int RATE = Integer.getInteger("cairn.loss.rate", 60);
    private static final Duration LIMIT = Duration.ofSeconds(90);

    /** Nothing is lost, and yet an answer takes that long. */
    private static final double BUSY_MILLIS = 500;

    private static final int MAX_ROUNDS = 3;

    private static final Map<String, InetAddress> NAMES = Map.of(
            "web.default.svc.cluster.local.", InetAddress.ofLiteral("10.152.183.20"),
            "db.default.svc.cluster.local.", InetAddress.ofLiteral("10.152.183.21"));

    @Test
    void names_withPacketsLostLateAndTwice_areAnsweredWithinTheClientsRetry(@TempDir Path work) throws Exception {
        Optional<String> missing = LossyNetwork.missing();
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
        long seed = System.nanoTime();
        System.out.println("PacketLossTest: seed " + seed);
        try (ApiServerDouble api = ApiServerDouble.start(work);
                LossRun run = LossRun.open(URI.create(api.url()).getPort(), API_LOSS_PERCENT, NAMES, seed)) {
            NAMES.forEach((name, address) -> service(api, name, address));
            Path corefile = Files.writeString(
                    work.resolve("Corefile"), LossRun.corefile(api.kubeconfig().toString()));
            try (ServerProcess server = ServerProcess.startBy(
                    run.network().command(LossyNetwork.Place.SERVER),
                    work.resolve("log"),
                    Map.of(),
                    "-conf",
                    corefile.toString())) {
                assertThat(run.awaitServer(LIMIT)).as(() -> log(work)).isTrue();
                List<SceneResult> results = run.ask(SECONDS, RATE);
                for (int round = 1; round < MAX_ROUNDS && isBusy(results); round++) {
                    results = run.ask(SECONDS, RATE);
                }
                boolean busy = isBusy(results);
                SoftAssertions all = new SoftAssertions();
                results.forEach(result -> check(result, busy, all));
                all.assertAll();
                assertThat(server.isAlive()).isTrue();

                InetAddress later = InetAddress.ofLiteral("10.152.183.22");
                service(api, "later.default.svc.cluster.local.", later);
                OptionalDouble seconds = run.secondsUntil("later.default.svc.cluster.local.", later, LIMIT);
                System.out.println("PacketLossTest: a new service over a lossy way to the API: " + seconds + " s");
                assertThat(seconds).isPresent();
            }
        }
    }

    /** A machine that has no time for the server makes answers late, too. */
    private static boolean isBusy(List<SceneResult> results) {
        return results.getFirst().forwarded().percentileMillis(99) > BUSY_MILLIS;
    }

    private static void check(SceneResult result, boolean busy, SoftAssertions all) {
        String words = (busy ? "on a busy machine: " : "") + result.words();
        System.out.println("PacketLossTest: " + words);
        LossScene scene = result.scene();
        ClientTally forwarded = result.forwarded();
        ClientTally cluster = result.cluster();
        all.assertThat(forwarded.wrong() + cluster.wrong()).as(words).isZero();
        all.assertThat(cluster.failed()).as(words).isZero();
        all.assertThat(result.replied()).as(words).isEqualTo(result.arrived());
        if (scene.clientPercent() == 0) {
            all.assertThat(forwarded.unanswered() + cluster.unanswered())
                    .as(words)
                    .isZero();
        } else {
            all.assertThat(forwarded.repeated() + cluster.repeated()).as(words).isPositive();
        }
        if (scene.hasSoundUpstream() && !busy) {
            all.assertThat(forwarded.failed()).as(words).isZero();
        }
        if (scene.firstPercent() > 0) {
            all.assertThat(result.lost()).as(words).isPositive();
        }
        all.assertThat(result.inTime().beyond()).as(words).isZero();
        if (!busy) {
            all.assertThat(result.inTime().prompt() + result.inTime().late())
                    .as(words)
                    .isPositive();
        }
    }

    private static void service(ApiServerDouble api, String name, InetAddress address) {
        api.create("/api/v1/namespaces/default/services", """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s", "namespace": "default"},
                 "spec": {"clusterIP": "%s", "clusterIPs": ["%s"],
                          "ports": [{"name": "http", "port": 80, "protocol": "TCP"}]}}\
                """.formatted(
                        name.substring(0, name.indexOf('.')), address.getHostAddress(), address.getHostAddress()));
    }

    private static String log(Path work) {
        try {
            return Files.readString(work.resolve("log"));
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
