package org.cairndns.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cairndns.acceptance.ServerProcess;
import org.cairndns.testing.Await;

/**
 * The homelab with Cairn as its DNS: the server's process in a pod that has the address of the service {@code kube-dns},
 * on port 53, and pods in which clients run.
 *
 * <p>Names outside of the cluster go to an upstream on {@link #UPSTREAM_IP}, which knows the names of
 * {@code outside.zone} and nothing else.
 */
final class Homelab implements AutoCloseable {
    /** Cluster IP of the service {@code kube-dns} on MicroK8s. */
    static final String CLUSTER_IP = "10.152.183.10";

    /** Addresses of services on MicroK8s. */
    static final String SERVICE_RANGE = "10.152.183.0/24";

    /** Where names outside of the cluster are asked. */
    static final String UPSTREAM_IP = "192.0.2.53";

    /** Endpoints of the service {@code wide} in the namespace {@code clients}: 10.1.100.0 and on. */
    static final int WIDE = 100;

    private static final String PORT = "http:80";
    private static final String SERVER_IP = "10.1.0.10";

    private final Path work;
    private final HomelabObjects objects;
    private final PodNetwork network;
    private final Pod server;
    private final ServerProcess process;
    private int clients;

    private Homelab(Path work, PodNetwork network) throws Exception {
        this.work = work;
        this.network = network;
        this.objects = HomelabObjects.in(work.resolve("manifests"));
        writeWide();
        this.server = network.pod("kube-system", "coredns-0", SERVER_IP)
                .answersFor(CLUSTER_IP)
                .answersFor(UPSTREAM_IP)
                .file("resolv.conf", "nameserver " + UPSTREAM_IP + "\n");
        Path corefile = Files.writeString(work.resolve("Corefile"), corefile());
        this.process = ServerProcess.startBy(server.command(), log(), Map.of(), "-conf", corefile.toString());
    }

    private void writeWide() throws IOException {
        List<Endpoint> endpoints = IntStream.range(0, WIDE)
                .mapToObj(i -> Endpoint.of("10.1.100." + i))
                .toList();
        objects.service("clients", "wide", "None", PORT);
        objects.endpoints("clients", "wide", endpoints, PORT);
    }

    /** Starts it and waits until the server is ready; skips the test where there can be no pods. */
    static Homelab start() throws Exception {
        PodNetwork network = PodNetwork.open();
        Path work = Files.createTempDirectory("homelab");
        try {
            Homelab homelab = new Homelab(work, network);
            homelab.awaitReady();
            return homelab;
        } catch (Exception | Error e) {
            network.close();
            delete(work);
            throw e;
        }
    }

    private void awaitReady() throws Exception {
        String ask = "(exec 3<>/dev/tcp/127.0.0.1/8181 && printf 'GET /ready HTTP/1.0\\r\\n\\r\\n' >&3"
                + " && grep -q ' 200 ' <&3) 2>/dev/null";
        String askForASecond = "for i in {1..20}; do " + ask + " && exit 0; sleep 0.05; done; exit 1";
        try {
            Await.until(
                    "the server in its pod is ready",
                    () -> !process.isAlive()
                            || server.run("bash", "-c", askForASecond).exit() == 0);
        } catch (AssertionError e) {
            throw new AssertionError(Files.readString(log()), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError(Files.readString(log()));
        }
        // What the server does for the first time takes longer, and is no client's business.
        for (String transport : List.of("+notcp", "+tcp")) {
            server.run("dig", transport, "@" + CLUSTER_IP, "www.example.com", "wide.clients.svc.cluster.local")
                    .requireSuccess();
        }
    }

    /** The stock Corefile of MicroK8s over the folder of objects, and the upstream beside it. */
    private String corefile() throws IOException {
        Path zone = Resource.copy("outside.zone", work);
        return """
                .:53 {
                    bind %s %s
                    errors
                    health
                    ready
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        manifests %s
                        pods insecure
                        fallthrough in-addr.arpa ip6.arpa
                    }
                    prometheus :9153
                    forward . /etc/resolv.conf
                    cache 30
                    loop
                    reload
                    loadbalance
                }
                .:53 {
                    bind %s
                    template IN AAAA half.example.com {
                        rcode SERVFAIL
                    }
                    file %s .
                }
                """.formatted(CLUSTER_IP, SERVER_IP, objects.folder(), UPSTREAM_IP, zone);
    }

    /** A new pod in a namespace of the cluster. */
    Pod pod(String namespace, String name, String address) throws IOException, InterruptedException {
        return network.pod(namespace, name, address);
    }

    /** A new pod for a client, with a name and an address of its own. */
    synchronized Pod client(String namespace) throws IOException, InterruptedException {
        clients++;
        return pod(namespace, "client-" + clients, "10.1.10." + clients);
    }

    /** Lets a headless service have these endpoints, and waits until the server says so. */
    void headless(String namespace, String service, String... endpoints) throws Exception {
        objects.service(namespace, service, "None", PORT);
        objects.endpoints(
                namespace, service, Stream.of(endpoints).map(Endpoint::of).toList(), PORT);
        String qname = service + "." + namespace + ".svc.cluster.local";
        Set<String> wanted = Set.of(endpoints);
        await(qname + " is " + wanted, () -> {
            Ran answer = server.run("dig", "+short", "@" + CLUSTER_IP, qname);
            return Set.copyOf(answer.lines()).equals(wanted);
        });
    }

    /** Queries so far over this transport, {@code udp} or {@code tcp}, to the address that clients ask. */
    long queriesOver(String transport) throws Exception {
        String ask = "exec 3<>/dev/tcp/127.0.0.1/9153 && printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3";
        return server.run("bash", "-c", ask).requireSuccess().lines().stream()
                .filter(line -> line.startsWith("coredns_dns_requests_total{")
                        && line.contains("proto=\"" + transport + "\"")
                        && line.contains(CLUSTER_IP))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The objects that the server watches. */
    HomelabObjects objects() {
        return objects;
    }

    /** A folder of this homelab's own, gone with it. */
    Path work() {
        return work;
    }

    /** The pod of the server. */
    Pod server() {
        return server;
    }

    /** The output of the server. */
    Path log() {
        return work.resolve("server.log");
    }

    /** Waits for what a client sees, such as a change of the objects. */
    static void await(String what, Callable<Boolean> seen) throws Exception {
        Await.until(what, seen::call);
    }

    @Override
    public void close() throws IOException {
        process.close();
        network.close();
        delete(work);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : List.copyOf(files.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(file);
            }
        }
    }
}
