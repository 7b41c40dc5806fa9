package org.cairndns.kubernetes.source;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A kubeconfig file as one context of it sees it.
 *
 * <p>A cluster with an authority and a user with a token are read here; the rest, such as programs that make credentials, is
 * left to the library. To read a file it starts a data binding of a thousand classes, takes another context when the one
 * asked for is missing and a default address when the cluster is, and does not know token files.
 */
final class Kubeconfig {
    /** All scalars are text: a token may look like a number. */
    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setSchema(new FailsafeSchema()).build();

    private static final Set<String> PLAIN_CLUSTER =
            Set.of("server", "certificate-authority", "certificate-authority-data");
    private static final Set<String> PLAIN_USER = Set.of("token", "tokenFile");

    private final Path file;
    private final Map<?, ?> content;

    private Kubeconfig(Path file, Map<?, ?> content) {
        this.file = file;
        this.content = content;
    }

    /**
     * The settings of a context.
     *
     * @param contextName empty for the current context of the file
     */
    static ApiAccess.Settings read(Path file, String contextName) throws ClusterConfigException {
        return new Kubeconfig(file, content(file)).settings(contextName);
    }

    private static Map<?, ?> content(Path file) throws ClusterConfigException {
        ApiAccess.readable("kubeconfig", file);
        Object content;
        try (InputStream in = Files.newInputStream(file)) {
            content = new Load(SETTINGS).loadFromInputStream(in);
        } catch (IOException | RuntimeException e) {
            throw new ClusterConfigException("kubeconfig: " + file + " is no kubeconfig: " + firstLine(e), e);
        }
        if (content == null || content.equals("")) {
            throw new ClusterConfigException("kubeconfig: " + file + " is empty");
        }
        if (content instanceof Map<?, ?> fields) {
            return fields;
        }
        throw new ClusterConfigException("kubeconfig: " + file + " is no kubeconfig: it has no fields");
    }

    private ApiAccess.Settings settings(String contextName) throws ClusterConfigException {
        String name = contextName.isEmpty() ? text(content, "current-context") : contextName;
        if (name.isEmpty()) {
            throw problem("has no current-context; name one");
        }
        Map<?, ?> context = find("context", name);
        if (context.isEmpty()) {
            throw problem("has an empty context " + name);
        }
        Map<?, ?> cluster = find("cluster", text(context, "cluster"));
        checkServer(text(cluster, "server"));
        String userName = text(context, "user");
        Map<?, ?> user = userName.isEmpty() ? Map.of() : find("user", userName);
        Optional<Path> tokenFile = tokenFile(text(user, "tokenFile"));
        try {
            boolean plain = PLAIN_CLUSTER.containsAll(cluster.keySet()) && PLAIN_USER.containsAll(user.keySet());
            Config config = plain ? plain(cluster, user) : Config.fromKubeconfig(name, file.toFile());
            return new ApiAccess.Settings(config, tokenFile);
        } catch (RuntimeException e) {
            throw new ClusterConfigException("kubeconfig: " + file + ", context " + name + ": " + firstLine(e), e);
        }
    }

    private Config plain(Map<?, ?> cluster, Map<?, ?> user) {
        String authority = text(cluster, "certificate-authority");
        ConfigBuilder config = new ConfigBuilder(Config.empty()).withMasterUrl(text(cluster, "server"));
        if (!authority.isEmpty()) {
            config.withCaCertFile(beside(authority).toString());
        }
        if (cluster.containsKey("certificate-authority-data")) {
            config.withCaCertData(text(cluster, "certificate-authority-data"));
        }
        if (user.containsKey("token")) {
            config.withOauthToken(text(user, "token"));
        }
        return config.build();
    }

    // Without a scheme the library would try the network to find one.
    private void checkServer(String server) throws ClusterConfigException {
        if (!server.startsWith("https://") && !server.startsWith("http://")) {
            throw problem("has the server '" + server + "', not a URL like https://host:port");
        }
    }

    private Optional<Path> tokenFile(String named) throws ClusterConfigException {
        return named.isEmpty() ? Optional.empty() : Optional.of(ApiAccess.readable("tokenFile", beside(named)));
    }

    /** A path of the file, which may start in its folder. */
    private Path beside(String path) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of(path) : folder.resolve(path);
    }

    /** What the file calls by a name: empty if it says nothing of it. */
    private Map<?, ?> find(String kind, String name) throws ClusterConfigException {
        List<String> names = new ArrayList<>();
        if (content.get(kind + "s") instanceof List<?> all) {
            for (Object element : all) {
                if (element instanceof Map<?, ?> named) {
                    if (text(named, "name").equals(name)) {
                        return named.get(kind) instanceof Map<?, ?> found ? found : Map.of();
                    }
                    names.add(text(named, "name"));
                }
            }
        }
        throw problem("has no " + kind + " " + name + ", only " + names);
    }

    private ClusterConfigException problem(String text) {
        return new ClusterConfigException("kubeconfig: " + file + " " + text);
    }

    private static String text(Map<?, ?> fields, String field) {
        Object value = fields.get(field);
        return value == null ? "" : value.toString();
    }

    private static String firstLine(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
