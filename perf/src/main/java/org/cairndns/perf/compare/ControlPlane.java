package org.cairndns.perf.compare;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.cairndns.perf.sample.SampleService;

/**
 * A Kubernetes API server with its etcd, in a folder of its own, on free ports.
 *
 * <p>Beside a server that is measured, so both have the processor of the load. The tests' own one
 * ({@code kubernetes.testing.ApiServerProcess}) is there to be harmed, and has no place of its own to run.
 */
public final class ControlPlane implements AutoCloseable {
    /** By which all may be read and changed. */
    public static final String TOKEN = "perf-admin";

    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final Again again;
    private RunningProcess etcd;
    private RunningProcess server;
    private final Path kubeconfig;
    private final ApiConnection api;

    /**
     * What a further start takes.
     *
     * @param store starts the store
     * @param server starts the server
     * @param etcd address of the store for clients
     */
    private record Again(Path folder, List<String> store, List<String> server, URI etcd) {}

    private ControlPlane(RunningProcess etcd, RunningProcess server, ApiConnection api, Again again, Path kubeconfig) {
        this.etcd = etcd;
        this.server = server;
        this.api = api;
        this.again = again;
        this.kubeconfig = kubeconfig;
    }

    /**
     * Starts both programs, loads a namespace, a Service and an EndpointSlice for each sample.
     *
     * @param assets folder with {@code etcd} and {@code kube-apiserver}
     */
    public static ControlPlane start(Path assets, Path folder, Cores cores, List<SampleService> services)
            throws IOException, InterruptedException {
        return start(assets, folder, cores, Ports.LOOPBACK, services);
    }

    /** The same with the API at another address of this machine, such as one that containers reach. */
    public static ControlPlane start(
            Path assets, Path folder, Cores cores, InetAddress address, List<SampleService> services)
            throws IOException, InterruptedException {
        String host = address.getHostAddress();
        Files.createDirectories(folder);
        List<Integer> ports = Ports.free(3);
        String etcdUrl = "http://127.0.0.1:" + ports.get(0);
        Path certs = folder.resolve("certs");
        Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKEN + ",admin,admin,\"system:masters\"\n");
        List<String> store = cores.forClient(List.of(
                assets.resolve("etcd").toString(),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + etcdUrl,
                "--advertise-client-urls=" + etcdUrl,
                "--listen-peer-urls=http://127.0.0.1:" + ports.get(1),
                "--unsafe-no-fsync"));
        RunningProcess etcd = RunningProcess.start("etcd", folder, store);
        List<String> command = cores.forClient(List.of(
                assets.resolve("kube-apiserver").toString(),
                "--etcd-servers=" + etcdUrl,
                "--bind-address=" + host,
                "--secure-port=" + ports.get(2),
                "--cert-dir=" + certs,
                "--token-auth-file=" + tokens));
        RunningProcess server = RunningProcess.start("apiserver", folder, command);
        URI url = URI.create("https://" + host + ":" + ports.get(2));
        Path certificate = certs.resolve("apiserver.crt");
        try {
            // The key is written behind the certificate, which is whole then.
            Path key = certs.resolve("apiserver.key");
            server.await(START_LIMIT, () -> Files.exists(key) && Files.size(key) > 0);
            ApiConnection api = new ApiConnection(url, certificate, TOKEN);
            server.await(START_LIMIT, api::isReady);
            new ApiLoader(api).load(services);
            Again again = new Again(folder, store, command, URI.create(etcdUrl));
            return new ControlPlane(etcd, server, api, again, kubeconfig(folder, url, certificate));
        } catch (IOException | RuntimeException | InterruptedException e) {
            server.close();
            etcd.close();
            throw e;
        }
    }

    private static Path kubeconfig(Path folder, URI url, Path certificate) throws IOException {
        String authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate));
        return Files.writeString(folder.resolve("kubeconfig"), """
            apiVersion: v1
            kind: Config
            current-context: perf
            contexts: [{name: perf, context: {cluster: perf, user: admin}}]
            clusters: [{name: perf, cluster: {server: "%s", certificate-authority-data: %s}}]
            users: [{name: admin, user: {token: "%s"}}]
            """.formatted(url, authority, TOKEN));
    }

    /** The file by which clients find the server. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    /**
     * Ends the server and starts it again: watches break, and as it has forgotten the history of changes, whoever watched
     * has to list everything anew.
     */
    public void restart() throws IOException, InterruptedException {
        stop();
        writeToStore();
        resume();
    }

    /** Ends the server; its data stay. */
    public void stop() {
        server.close();
    }

    /** Starts a server that was stopped; it is ready when this returns. */
    public void resume() throws IOException, InterruptedException {
        server = RunningProcess.start("apiserver", again.folder(), again.server());
        server.await(START_LIMIT, api::isReady);
    }

    /** Stops everything, keeps a copy of the data and starts again. */
    public void backUp() throws IOException, InterruptedException {
        copyData("etcd", "etcd-backup");
    }

    /** Stops everything and starts again with the data of the last {@link #backUp}, whose versions are lower. */
    public void restore() throws IOException, InterruptedException {
        copyData("etcd-backup", "etcd");
    }

    private void copyData(String fromName, String toName) throws IOException, InterruptedException {
        stop();
        etcd.close();
        Path from = again.folder().resolve(fromName);
        Path to = again.folder().resolve(toName);
        if (Files.exists(to)) {
            Setting.delete(to);
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        etcd = RunningProcess.start("etcd", again.folder(), again.store());
        resume();
    }

    /** Address of the server. */
    public URI url() {
        return api.server();
    }

    /** The folder with its certificate and key. */
    public Path certificates() {
        return again.folder().resolve("certs");
    }

    /** A change meanwhile, behind which the memory of the new server begins; without one a watch goes on where it was. */
    private void writeToStore() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(again.etcd().resolve("/v3/kv/put"))
                    .POST(BodyPublishers.ofString("{\"key\": \"cGVyZg==\", \"value\": \"cGVyZg==\"}"))
                    .build();
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> response = http.send(put, BodyHandlers.ofString());
                if (response.statusCode() != 200) {
                    throw new IOException("etcd took no change: " + response.statusCode() + " " + response.body());
                }
            }
        }
    }

    /**
     * How often a resource was listed since the server was started last, by its own count; 0 if it does not say.
     *
     * @param resource plural, such as {@code endpointslices}
     */
    public long lists(String resource) throws IOException, InterruptedException {
        return api.get("/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{")
                        && line.contains("resource=\"" + resource + "\"")
                        && line.contains("verb=\"LIST\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** For changes to what was loaded. */
    public ApiConnection api() {
        return api;
    }

    @Override
    public void close() {
        server.close();
        etcd.close();
    }
}
