package org.cairndns.clients;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** gRPC's C core, as in clients of Triton and in Ray, spreads calls over the pods of a headless service. */
@ExtendWith(SharedHomelab.class)
class GrpcCoreClientTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String GRPC = "grpc:8001";

    private static Workload workload;
    private static HomelabObjects objects;
    private static List<Pod> pods;
    private static Pod client;
    private static String program;

    @BeforeAll
    static void start(Homelab homelab) throws Exception {
        Workload.needs(PYTHON, "python3");
        assumeTrue(
                Programs.run(PYTHON, "-c", "import grpc").exit() == 0,
                "no gRPC for Python: install Debian's package python3-grpcio");
        workload = Workload.in(homelab);
        objects = homelab.objects();
        String server =
                Resource.copy("grpc_server.py", workload.folder("triton")).toString();
        pods = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            Pod pod = workload.pod("ai", "triton-" + i, "10.1.9.11" + i);
            pods.add(pod);
            workload.start(pod, PYTHON, server, pod.address());
        }
        client = workload.pod("ai", "client", "10.1.9.110");
        program = Resource.copy("grpc_client.py", workload.folder("client")).toString();
        objects.service("ai", "triton-headless", "None", GRPC);
        podsAre("10.1.9.111", "10.1.9.112");
    }

    @AfterAll
    static void stop() throws Exception {
        if (workload != null) {
            objects.delete("ai", "triton-headless");
            workload.close();
        }
    }

    private static void podsAre(String... addresses) throws Exception {
        objects.endpoints(
                "ai",
                "triton-headless",
                Arrays.stream(addresses).map(Endpoint::of).toList(),
                GRPC);
    }

    @Test
    void channel_spreadsCallsOverAllPodsAndFollowsThem() throws Exception {
        Path answers = workload.start(client, PYTHON, program, "triton-headless.ai.svc.cluster.local:8001");
        workload.await("both pods", () -> lastOf(answers).equals("10.1.9.111 10.1.9.112"));

        podsAre("10.1.9.112", "10.1.9.113");
        workload.delete(pods.getFirst());

        workload.await(
                "the pod that is left and the new one", () -> lastOf(answers).equals("10.1.9.112 10.1.9.113"));
    }

    private static String lastOf(Path answers) throws Exception {
        List<String> lines = Files.readAllLines(answers);
        return lines.isEmpty() ? "" : lines.getLast();
    }
}
