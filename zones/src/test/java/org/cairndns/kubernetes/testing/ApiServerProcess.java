package org.cairndns.kubernetes.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.cairndns.testing.Await;

/**
 * A real Kubernetes API server with its etcd, as processes on free loopback ports.
 *
 * <p>Needs a folder with {@code kube-apiserver} and {@code etcd}, which the environment variable {@code KUBEBUILDER_ASSETS}
 * names. All its files are in one work folder. It is there to be harmed: killed, suspended, restarted with other tokens or older
 * data. That of {@code perf.compare}, beside which time is measured, has a processor of its own and ends in peace.
 */
public final class ApiServerProcess implements TestApi {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final String DEFAULT_TOKEN = "first-token";

    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            current-context: test
            contexts: [{name: test, context: {cluster: test, user: user}}]
            clusters: [{name: test, cluster: {server: "%s", certificate-authority: certs/apiserver.crt}}]
            users: [{name: user, user: {tokenFile: %s}}]
            """;

    private final Path assets;
    private final Path work;
    private final String address;
    private final List<String> accounts;
    private final List<String> flags;
    private final int port = ChildProgram.freePort();
    private final EtcdProcess etcd;
    private Process server;
    private HttpClient http;
    private String token = DEFAULT_TOKEN;

    private ApiServerProcess(Path work, String address, List<String> accounts, List<String> flags) {
        this.assets = assets().orElseThrow(() -> new IllegalStateException("KUBEBUILDER_ASSETS names no API server"));
        this.work = work;
        this.address = address;
        this.accounts = List.copyOf(accounts);
        this.flags = List.copyOf(flags);
        this.etcd = new EtcdProcess(assets, work);
        startServer();
    }

    /** The folder with the programs, where there is one. */
    public static Optional<Path> assets() {
        return Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS"))
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("kube-apiserver"))
                        && Files.isExecutable(folder.resolve("etcd")));
    }

    /**
     * Starts both and returns when the API is ready.
     *
     * @param work an empty folder
     * @param flags further flags of {@code kube-apiserver}
     */
    public static ApiServerProcess start(Path work, String... flags) {
        return new ApiServerProcess(work, "127.0.0.1", List.of(), List.of(flags));
    }

    /**
     * Starts both on a local address, for clients in other network namespaces.
     *
     * @param work an empty folder
     * @param accounts service accounts with a token, {@code NAMESPACE:NAME}; see {@link #tokenOf}
     */
    public static ApiServerProcess startAt(String address, Path work, List<String> accounts, String... flags) {
        return new ApiServerProcess(work, address, accounts, List.of(flags));
    }

    /** The token of a service account that was named at the start; what it may do is up to role bindings. */
    public static String tokenOf(String account) {
        return "token-of-" + account.replace(':', '-');
    }

    @Override
    public String url() {
        return "https://" + address + ":" + port;
    }

    @Override
    public Path kubeconfig() {
        return work.resolve("kubeconfig");
    }

    /** The certificate that clients trust, PEM. */
    public Path certificate() {
        return work.resolve("certs").resolve("apiserver.crt");
    }

    @Override
    public void create(String collectionPath, String json) {
        send("POST", collectionPath, "application/json", json);
    }

    @Override
    public void patch(String objectPath, String json) {
        send("PATCH", objectPath, "application/merge-patch+json", json);
    }

    @Override
    public void delete(String objectPath) {
        send("DELETE", objectPath, "application/json", "");
    }

    /** Sends a request as the administrator; the body of the answer, which must be a success. */
    public String send(String method, String path, String contentType, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Content-Type", contentType)
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new IllegalStateException(
                        method + " " + path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a response of the administrator's that does not end, such as a watch; closed by the caller. */
    public InputStream stream(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void kill() {
        server.destroyForcibly();
        ChildProgram.waitFor(server);
    }

    @Override
    public void restart() {
        startServer();
    }

    @Override
    public void suspend() {
        signal("-STOP");
    }

    @Override
    public void resume() {
        signal("-CONT");
    }

    @Override
    public Path limitedKubeconfig() {
        return work.resolve("limited-kubeconfig");
    }

    @Override
    public void grantLimited(List<String> plurals) {
        String resources = plurals.stream().map(plural -> '"' + plural + '"').collect(Collectors.joining(","));
        String role = """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRole", "metadata": {"name": "limited"},
                 "rules": [{"apiGroups": ["", "discovery.k8s.io"], "resources": [%s], "verbs": ["list", "watch"]}]}
                """.formatted(resources);
        String binding = """
                {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "ClusterRoleBinding", "metadata": {"name": "limited"},
                 "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "limited"},
                 "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "limited"}]}
                """;
        apply("/apis/rbac.authorization.k8s.io/v1/clusterroles", "limited", role);
        apply("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", "limited", binding);
    }

    private void apply(String collectionPath, String name, String json) {
        send(
                "PATCH",
                collectionPath + "/" + name + "?fieldManager=tests&force=true",
                "application/apply-patch+yaml",
                json);
    }

    @Override
    public void changeToken(String newToken) {
        token = newToken;
    }

    /** Stops everything and keeps a copy of the data before it starts again. */
    public void backUp() {
        kill();
        etcd.backUp();
        startServer();
    }

    /** Stops everything and starts again with the data of the last {@link #backUp}, whose versions are lower. */
    public void restore() {
        kill();
        etcd.restore();
        startServer();
    }

    /** Forgets the history of changes up to now without a restart, in etcd only. */
    public void compact(String resourceVersion) {
        etcd.compact(resourceVersion);
    }

    @Override
    public void close() {
        kill();
        etcd.close();
    }

    private void startServer() {
        StringBuilder tokens = new StringBuilder(token).append(",admin,admin,\"system:masters\"\n");
        tokens.append("limited-token,limited,limited,\"\"\n");
        for (String account : accounts) {
            String groups = "system:serviceaccounts,system:serviceaccounts:" + account.split(":")[0];
            tokens.append(
                    "%s,system:serviceaccount:%s,%s,\"%s\"\n".formatted(tokenOf(account), account, account, groups));
        }
        write("tokens.csv", tokens.toString());
        write("token", token);
        write("limited-token", "limited-token");
        List<String> arguments = new ArrayList<>(List.of(
                "--etcd-servers",
                etcd.url(),
                "--secure-port",
                Integer.toString(port),
                "--bind-address",
                address,
                "--cert-dir",
                work.resolve("certs").toString(),
                "--token-auth-file",
                work.resolve("tokens.csv").toString(),
                "--authorization-mode=RBAC"));
        arguments.addAll(flags);
        server = ChildProgram.start(assets.resolve("kube-apiserver"), work, arguments);
        Await.until("API server ready (see " + work + ")", START_LIMIT, this::ready);
        write("kubeconfig", KUBECONFIG.formatted(url(), "token"));
        write("limited-kubeconfig", KUBECONFIG.formatted(url(), "limited-token"));
    }

    private boolean ready() {
        if (!server.isAlive() || !etcd.isAlive()) {
            throw new IllegalStateException("API server or etcd has ended, see the logs in " + work);
        }
        if (!Files.exists(certificate())) {
            return false;
        }
        try {
            http = HttpClient.newBuilder().sslContext(trusting(certificate())).build();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/readyz"))
                    .header("Authorization", "Bearer " + token)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static SSLContext trusting(Path certificate) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            int number = 0;
            for (var trusted : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("trusted-" + number++, trusted);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private void signal(String name) {
        try {
            ChildProgram.waitFor(new ProcessBuilder("kill", name, Long.toString(server.pid())).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(work.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
