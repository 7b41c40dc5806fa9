package org.cairndns.plugin.kubernetes;

import java.util.random.RandomGenerator;
import org.cairndns.kubernetes.ClusterSource;
import org.cairndns.kubernetes.source.ApiAccess;
import org.cairndns.kubernetes.source.ApiSource;
import org.cairndns.kubernetes.source.ApiSourceOptions;
import org.cairndns.kubernetes.source.ApiTimings;
import org.cairndns.kubernetes.source.ApiTroubles;
import org.cairndns.kubernetes.source.AuditTimings;
import org.cairndns.kubernetes.source.ClusterConfigException;
import org.cairndns.kubernetes.source.ManifestSource;
import org.cairndns.kubernetes.source.RequestObserver;
import org.cairndns.plugin.spi.Conditions;

/** Maker of the source of a cluster's objects. */
@FunctionalInterface
interface SourceFactory {
    /** A source that has not been started. */
    ClusterSource open() throws ClusterConfigException;

    /** What tells the cluster that the source reads from others. */
    default String cluster() {
        return "";
    }

    /** Maker of sources of one API. */
    record OfApi(ApiAccess access, SourceFactory opener) implements SourceFactory {
        @Override
        public ClusterSource open() throws ClusterConfigException {
            return opener.open();
        }

        @Override
        public String cluster() {
            return access.cluster();
        }
    }

    /** How the sources of one process are made. */
    record Maker(
            Environment environment,
            String userAgent,
            RequestObserver observer,
            Conditions conditions,
            RandomGenerator random) {
        /**
         * A factory whose configuration holds good: files are there and make sense. Nothing is opened.
         *
         * @throws ClusterConfigException with file and remedy
         */
        SourceFactory prepare(SourceSettings settings) throws ClusterConfigException {
            return switch (settings.access()) {
                case ClusterAccess.Manifests manifests -> {
                    ManifestSource.requireFolder(manifests.folder());
                    yield () -> ManifestSource.of(manifests.folder());
                }
                case ClusterAccess.InCluster inCluster ->
                    api(ApiAccess.inCluster(environment.variables(), environment.accountFolder()), settings);
                case ClusterAccess.Kubeconfig kubeconfig ->
                    api(ApiAccess.kubeconfig(kubeconfig.file(), kubeconfig.context()), settings);
                case ClusterAccess.Endpoint endpoint -> api(access(endpoint), settings);
            };
        }

        private static ApiAccess access(ClusterAccess.Endpoint endpoint) throws ClusterConfigException {
            if (endpoint.tls().isEmpty()) {
                return ApiAccess.endpoint(endpoint.url());
            }
            ClusterAccess.TlsFiles files = endpoint.tls().get();
            return ApiAccess.endpoint(endpoint.url(), files.certificate(), files.key(), files.authority());
        }

        private SourceFactory api(ApiAccess access, SourceSettings settings) {
            ApiTimings timings = ApiTimings.DEFAULT.withAudit(AuditTimings.every(settings.audit()));
            ApiSourceOptions options =
                    new ApiSourceOptions(settings.kinds(), settings.labelSelectors(), userAgent, timings);
            ApiTroubles troubles =
                    new ApiConditions(conditions, settings.access().toString());
            return new OfApi(access, () -> new ApiSource(access, options, observer, troubles, random));
        }
    }
}
