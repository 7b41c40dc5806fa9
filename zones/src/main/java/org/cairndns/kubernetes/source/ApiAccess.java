package org.cairndns.kubernetes.source;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to a Kubernetes API: its address, whom to trust there, and who we are.
 *
 * <p>What can be wrong with the configuration is found when an access is made. Files are read again later: a token for each
 * request, everything else when the API refuses us or can't be trusted any more.
 */
public final class ApiAccess {
    private static final Logger LOG = LoggerFactory.getLogger(ApiAccess.class);

    /** Where the settings come from. */
    @FunctionalInterface
    private interface Origin {
        Settings read() throws ClusterConfigException;
    }

    /**
     * Settings as they were read.
     *
     * @param config address, certificates and fixed credentials
     * @param tokenFile a file whose content is the token of the moment
     */
    record Settings(Config config, Optional<Path> tokenFile) {}

    private final Origin origin;
    private volatile Settings settings;
    private volatile String lastToken = "";

    private ApiAccess(Origin origin) throws ClusterConfigException {
        this.origin = origin;
        this.settings = origin.read();
        tls();
    }

    /**
     * The access of a pod by its service account.
     *
     * @param environment of the process: {@code KUBERNETES_SERVICE_HOST} and {@code KUBERNETES_SERVICE_PORT} count
     * @param accountFolder with {@code token} and {@code ca.crt}: {@code /var/run/secrets/kubernetes.io/serviceaccount}
     */
    public static ApiAccess inCluster(Map<String, String> environment, Path accountFolder)
            throws ClusterConfigException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "");
        if (host.isEmpty() || port.isEmpty()) {
            throw new ClusterConfigException(
                    "not in a cluster: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not"
                            + " set (elsewhere, say kubeconfig FILE or endpoint URL)");
        }
        Path authority = readable("service account", accountFolder.resolve("ca.crt"));
        Path token = readable("service account", accountFolder.resolve("token"));
        String url = "https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        return new ApiAccess(() -> new Settings(
                new ConfigBuilder(Config.empty())
                        .withMasterUrl(url)
                        .withCaCertFile(authority.toString())
                        .build(),
                Optional.of(token)));
    }

    /**
     * The access that a kubeconfig file describes.
     *
     * @param context name of a context, empty for the current one
     */
    public static ApiAccess kubeconfig(Path file, String context) throws ClusterConfigException {
        return new ApiAccess(() -> Kubeconfig.read(file, context));
    }

    /** The access to an API that asks for no credentials. */
    public static ApiAccess endpoint(String url) throws ClusterConfigException {
        String checked = checkedUrl(url, "http");
        return new ApiAccess(() -> new Settings(
                new ConfigBuilder(Config.empty()).withMasterUrl(checked).build(), Optional.empty()));
    }

    /** The access by a client certificate, its key and the certificate of the authority behind the API's own; all in PEM. */
    public static ApiAccess endpoint(String url, Path certificate, Path key, Path authority)
            throws ClusterConfigException {
        String checked = checkedUrl(url, "https");
        String certificateFile = readable("tls", certificate).toString();
        String keyFile = readable("tls", key).toString();
        String authorityFile = readable("tls", authority).toString();
        return new ApiAccess(() -> new Settings(
                new ConfigBuilder(Config.empty())
                        .withMasterUrl(checked)
                        .withClientCertFile(certificateFile)
                        .withClientKeyFile(keyFile)
                        .withClientKeyAlgo(Config.getKeyAlgorithm(keyFile, null))
                        .withCaCertFile(authorityFile)
                        .build(),
                Optional.empty()));
    }

    /** The address of the API, ending in a slash. */
    URI base() {
        return URI.create(settings.config().getMasterUrl());
    }

    /**
     * What tells the cluster behind this access from others: the address of its API, and the certificate of its authority, as one
     * address may stand for another cluster after a while.
     */
    public String cluster() {
        Config config = settings.config();
        String authority = config.getCaCertData() == null ? "" : config.getCaCertData();
        try {
            String file = config.getCaCertFile();
            return base() + "\n" + (file == null || file.isEmpty() ? authority : Files.readString(Path.of(file)));
        } catch (IOException e) {
            LOG.debug("going on without the certificate: {}", e.toString());
            return base() + "\n" + authority;
        }
    }

    /** The proxy on the way, where one is configured. */
    Optional<ProxySelector> proxy() {
        Config config = settings.config();
        String proxy = base().getScheme().equals("https") ? config.getHttpsProxy() : config.getHttpProxy();
        if (proxy == null || proxy.isEmpty()) {
            return Optional.empty();
        }
        URI uri = URI.create(proxy);
        return Optional.of(ProxySelector.of(new InetSocketAddress(uri.getHost(), uri.getPort())));
    }

    /** Keys and trust from the certificate files as they are now; empty for plain HTTP. */
    Optional<SSLContext> tls() throws ClusterConfigException {
        if (!base().getScheme().equals("https")) {
            return Optional.empty();
        }
        try {
            return Optional.of(ApiTls.context(settings.config()));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new ClusterConfigException("can't use the certificates for " + base() + ": " + e.getMessage(), e);
        }
    }

    /** The value of the header {@code Authorization} of the next request. */
    Optional<String> authorization() {
        Settings now = settings;
        String user = now.config().getUsername();
        if (user != null && !user.isEmpty()) {
            byte[] pair = (user + ":" + now.config().getPassword()).getBytes(StandardCharsets.UTF_8);
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
        String token = now.tokenFile().map(this::tokenOf).orElseGet(() -> fixedToken(now.config()));
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer " + token);
    }

    /** Reads the configuration again; may block where it names a program to run. */
    void reread() {
        try {
            settings = origin.read();
        } catch (ClusterConfigException e) {
            LOG.warn("going on with the access configuration read before: {}", e.getMessage());
        }
    }

    private String tokenOf(Path file) {
        try {
            lastToken = Files.readString(file).strip();
        } catch (IOException e) {
            LOG.warn("going on with the token read before: {}", e.toString());
        }
        return lastToken;
    }

    private static String fixedToken(Config config) {
        String token = config.getOauthToken() != null ? config.getOauthToken() : config.getAutoOAuthToken();
        return token == null ? "" : token;
    }

    /** The file, which can be read. */
    static Path readable(String option, Path file) throws ClusterConfigException {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new ClusterConfigException(option + ": can't read " + file + ": " + obstacle(file));
        }
        return file;
    }

    private static String obstacle(Path file) {
        if (Files.isDirectory(file)) {
            return "it is a folder (name a file in it)";
        }
        return Files.exists(file)
                ? "no permission (let the user of the server read it)"
                : "there is no such file (correct the path, or mount the file there)";
    }

    private static String checkedUrl(String url, String defaultScheme) throws ClusterConfigException {
        String whole = url.contains("://") ? url : defaultScheme + "://" + url;
        try {
            URI uri = URI.create(whole);
            if (uri.getHost() != null
                    && (uri.getScheme().equals("http") || uri.getScheme().equals("https"))) {
                return whole;
            }
        } catch (IllegalArgumentException e) {
            throw new ClusterConfigException("endpoint: " + url + " is no URL: " + e.getMessage(), e);
        }
        throw new ClusterConfigException("endpoint: " + url + " is no URL like https://host:port");
    }
}
