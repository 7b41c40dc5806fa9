package org.cairndns.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Ray worker waits for its head by name and joins it, as KubeRay's pods do, and finds a head that has moved. */
@ExtendWith(SharedHomelab.class)
class RayClientTest {
    private static final Duration START = Duration.ofSeconds(120);
    private static final String NAMESPACE = "ai";
    private static final String SERVICE = "ray-head-svc";
    private static final String HEAD = SERVICE + ".ai.svc.cluster.local:6379";
    private static final String PORT = "gcs:6379";

    private static Workload workload;
    private static HomelabObjects objects;
    private static String program;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        program = PypiPrograms.needed("ray");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        objects.service(NAMESPACE, SERVICE, "None", PORT);
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete(NAMESPACE, SERVICE);
            workload.close();
        }
    }

    private static String[] ray(Path home, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("env", "HOME=" + home, "RAY_USAGE_STATS_ENABLED=0", "RAY_TMPDIR=" + home, program));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static Pod startHead(String address) throws IOException, InterruptedException {
        Pod pod = workload.pod(NAMESPACE, "ray-head-" + address.substring(address.length() - 1), address);
        // Names of its sockets end up to 70 octets on, of the 107 that there may be.
        Path home = workload.folder(address.substring(address.length() - 1));
        workload.start(
                pod,
                ray(
                        home,
                        "start",
                        "--head",
                        "--block",
                        "--node-ip-address=" + address,
                        "--port=6379",
                        "--include-dashboard=false",
                        "--num-cpus=1",
                        "--object-store-memory=80000000",
                        "--temp-dir=" + home));
        objects.endpoints(NAMESPACE, SERVICE, List.of(Endpoint.of(address)), PORT);
        return pod;
    }

    @Test
    void worker_waitsForItsHeadByNameJoinsItAndFindsItAgain() throws Exception {
        Pod worker = workload.pod(NAMESPACE, "ray-worker", "10.1.3.200");
        Path home = workload.folder("worker");
        Path wait = workload.start(worker, waitForHead(home));
        Pod head = startHead("10.1.0.31");
        workload.await("the head, by a worker that waits", START, () -> hasFound(wait));
        workload.start(
                worker,
                ray(
                        home,
                        "start",
                        "--block",
                        "--address=" + HEAD,
                        "--node-ip-address=10.1.3.200",
                        "--num-cpus=1",
                        "--object-store-memory=80000000"));
        workload.await(
                "both nodes in one cluster",
                START,
                () -> worker.run(ray(home, "status", "--address", HEAD))
                        .output()
                        .contains("/2.0 CPU"));

        workload.delete(head);
        startHead("10.1.0.32");
        Path again = workload.start(worker, waitForHead(home));
        workload.await("the head at its other address", START, () -> hasFound(again));
    }

    /** What the init container of a worker does; the head may not have a name yet. */
    private static String[] waitForHead(Path home) {
        String[] check = ray(home, "health-check", "--address", HEAD);
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "until \"$0\" \"$@\"; do sleep 1; done; echo found the head"));
        command.addAll(List.of(check));
        return command.toArray(String[]::new);
    }

    private static boolean hasFound(Path output) throws IOException {
        return Files.readString(output).contains("found the head");
    }
}
