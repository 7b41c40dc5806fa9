package org.cairndns.plugin.kubernetes;

import java.nio.file.Path;
import java.util.Optional;

/** Where a directive takes the cluster's objects from; {@code toString} is its name in logs and metrics. */
sealed interface ClusterAccess {
    /** True if it may come about by itself: by files that are mounted, a cluster that is entered. */
    default boolean needsFiles() {
        return true;
    }

    /** The API of the cluster that the process runs in, by the service account of its pod. */
    record InCluster() implements ClusterAccess {
        @Override
        public String toString() {
            return "in-cluster";
        }
    }

    /**
     * The API that a kubeconfig file names.
     *
     * @param context empty for the file's current one
     */
    record Kubeconfig(Path file, String context) implements ClusterAccess {
        @Override
        public String toString() {
            return "kubeconfig " + file + (context.isEmpty() ? "" : " " + context);
        }
    }

    /** The API at a URL, without credentials or by a client certificate. */
    record Endpoint(String url, Optional<TlsFiles> tls) implements ClusterAccess {
        @Override
        public boolean needsFiles() {
            return tls.isPresent();
        }

        @Override
        public String toString() {
            return url;
        }
    }

    /** A folder of YAML files. */
    record Manifests(Path folder) implements ClusterAccess {
        @Override
        public String toString() {
            return "manifests " + folder;
        }
    }

    /** PEM files of a client certificate, its key, and the authority behind the API's certificate. */
    record TlsFiles(Path certificate, Path key, Path authority) {}
}
