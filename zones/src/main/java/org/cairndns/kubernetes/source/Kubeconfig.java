package org.cairndns.kubernetes.source;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kubeconfig file as one context of it sees it.
 *
 * <p>The library that reads it takes another context when the one asked for is missing, a default address when the cluster
 * is, and does not know token files; so these are looked at here.
 */
final class Kubeconfig {
    private final Path file;
    private final io.fabric8.kubernetes.api.model.Config content;

    private Kubeconfig(Path file, io.fabric8.kubernetes.api.model.Config content) {
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

    private static io.fabric8.kubernetes.api.model.Config content(Path file) throws ClusterConfigException {
        ApiAccess.readable("kubeconfig", file);
        io.fabric8.kubernetes.api.model.Config content;
        try (InputStream in = Files.newInputStream(file)) {
            content = Serialization.unmarshal(in, io.fabric8.kubernetes.api.model.Config.class);
        } catch (IOException | RuntimeException e) {
            throw new ClusterConfigException("kubeconfig: " + file + " is no kubeconfig: " + firstLine(e), e);
        }
        if (content == null) {
            throw new ClusterConfigException("kubeconfig: " + file + " is empty");
        }
        return content;
    }

    private ApiAccess.Settings settings(String contextName) throws ClusterConfigException {
        String name = contextName.isEmpty() ? textOf(content.getCurrentContext()) : contextName;
        if (name.isEmpty()) {
            throw problem("has no current-context; name one");
        }
        NamedContext named = find("context", name, content.getContexts(), NamedContext::getName);
        Context context = named.getContext();
        if (context == null) {
            throw problem("has an empty context " + name);
        }
        Cluster cluster = find("cluster", textOf(context.getCluster()), content.getClusters(), NamedCluster::getName)
                .getCluster();
        checkServer(cluster);
        Optional<Path> tokenFile = Optional.empty();
        if (!textOf(context.getUser()).isEmpty()) {
            AuthInfo user = find("user", context.getUser(), content.getUsers(), NamedAuthInfo::getName)
                    .getUser();
            tokenFile = tokenFile(user);
        }
        try {
            return new ApiAccess.Settings(Config.fromKubeconfig(name, file.toFile()), tokenFile);
        } catch (RuntimeException e) {
            throw new ClusterConfigException("kubeconfig: " + file + ", context " + name + ": " + firstLine(e), e);
        }
    }

    // Without a scheme the library would try the network to find one.
    private void checkServer(@Nullable Cluster cluster) throws ClusterConfigException {
        String server = cluster == null ? "" : textOf(cluster.getServer());
        if (!server.startsWith("https://") && !server.startsWith("http://")) {
            throw problem("has the server '" + server + "', not a URL like https://host:port");
        }
    }

    private Optional<Path> tokenFile(@Nullable AuthInfo user) throws ClusterConfigException {
        if (user == null || textOf(user.getTokenFile()).isEmpty()) {
            return Optional.empty();
        }
        Path folder = file.toAbsolutePath().getParent();
        Path token = Path.of(user.getTokenFile());
        return Optional.of(ApiAccess.readable("tokenFile", folder == null ? token : folder.resolve(token)));
    }

    private <T> T find(String kind, String name, @Nullable Collection<T> all, Function<T, String> nameOf)
            throws ClusterConfigException {
        Collection<T> known = all == null ? List.of() : all;
        for (T element : known) {
            if (name.equals(nameOf.apply(element))) {
                return element;
            }
        }
        List<String> names = known.stream().map(nameOf).toList();
        throw problem("has no " + kind + " " + name + ", only " + names);
    }

    private ClusterConfigException problem(String text) {
        return new ClusterConfigException("kubeconfig: " + file + " " + text);
    }

    private static String textOf(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String firstLine(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
