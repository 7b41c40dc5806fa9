package org.cairndns.plugin.kubernetes;

import java.nio.file.Path;
import java.util.Optional;
import org.cairndns.corefile.History;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.PathText;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;

/** Reader of the properties that say where the cluster is; relative paths start in the server's folder. */
final class AccessReader {
    /** An access and where it is named. */
    record Access(ClusterAccess access, Position position) {}

    private final Path directory;
    private final Problems problems;
    private Optional<OptionReader> endpoint = Optional.empty();
    private Optional<OptionReader> tls = Optional.empty();
    private Optional<OptionReader> kubeconfig = Optional.empty();
    private Optional<OptionReader> manifests = Optional.empty();

    AccessReader(Path directory, Problems problems) {
        this.directory = directory;
        this.problems = problems;
    }

    /** Takes {@code endpoint}, {@code tls}, {@code kubeconfig} or {@code manifests}. */
    void property(OptionReader option) {
        switch (option.name()) {
            case "endpoint" -> endpoint = checked(option, 1, Integer.MAX_VALUE);
            case "tls" -> tls = checked(option, 3, 3);
            case "kubeconfig" -> kubeconfig = checked(option, 1, 2);
            case "manifests" -> manifests = checked(option, 1, 1);
            default -> throw new IllegalArgumentException(option.name());
        }
    }

    private static Optional<OptionReader> checked(OptionReader option, int min, int max) {
        return option.hasArgs(min, max) ? Optional.of(option) : Optional.empty();
    }

    /**
     * What the properties say together: a kubeconfig wins over an endpoint, as in CoreDNS.
     *
     * @param directive named where no property says anything
     * @param selects true if label selectors are given, which need an API
     */
    Access result(OptionReader directive, boolean selects) {
        endpoint.ifPresent(this::warnOfFurtherUrls);
        if (manifests.isPresent()) {
            return manifests(manifests.get(), selects);
        }
        if (kubeconfig.isPresent()) {
            OptionReader option = kubeconfig.get();
            endpoint.ifPresent(this::warnOverruled);
            tls.ifPresent(this::warnOverruled);
            String context = option.args().size() > 1 ? option.args().get(1).text() : "";
            return new Access(new ClusterAccess.Kubeconfig(path(option, 0), context), option.position());
        }
        if (endpoint.isPresent()) {
            OptionReader option = endpoint.get();
            String url = option.args().getFirst().text();
            return new Access(new ClusterAccess.Endpoint(url, tls.map(this::tlsFiles)), option.position());
        }
        tls.ifPresent(option -> problems.warn(option.position(), "'tls' has no effect without 'endpoint'"));
        return new Access(new ClusterAccess.InCluster(), directive.position());
    }

    private Access manifests(OptionReader option, boolean selects) {
        kubeconfig
                .or(() -> endpoint)
                .or(() -> tls)
                .ifPresent(other -> other.fail("'" + other.name() + "' and 'manifests' exclude each other, got both"));
        if (selects) {
            option.fail("'manifests' does not know labels, expected neither 'labels' nor 'namespace_labels' with it");
        }
        return new Access(new ClusterAccess.Manifests(path(option, 0)), option.position());
    }

    private ClusterAccess.TlsFiles tlsFiles(OptionReader option) {
        return new ClusterAccess.TlsFiles(path(option, 0), path(option, 1), path(option, 2));
    }

    /** The path that an argument names. */
    Path path(OptionReader option, int index) {
        Token token = option.args().get(index);
        return PathText.read(token, directory, option.name(), problems)
                .map(Path::normalize)
                .orElse(directory);
    }

    private void warnOfFurtherUrls(OptionReader option) {
        if (option.args().size() > 1) {
            Position second = option.args().get(1).position();
            History.of("kubernetes", History.ENDPOINTS).ifPresent(change -> problems.report(second, change));
        }
    }

    private void warnOverruled(OptionReader option) {
        problems.warn(option.position(), "'" + option.name() + "' has no effect beside 'kubeconfig'");
    }
}
