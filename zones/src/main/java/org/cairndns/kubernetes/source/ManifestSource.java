package org.cairndns.kubernetes.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterSource;
import org.cairndns.kubernetes.ObjectKind;

/** The source that reads the objects of a folder of Kubernetes manifests. */
public final class ManifestSource implements ClusterSource {
    private ManifestSource() {}

    /**
     * A source that has not read anything yet.
     *
     * @throws ClusterConfigException when the folder does not exist or can't be read
     */
    public static ManifestSource of(Path folder) throws ClusterConfigException {
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            throw new ClusterConfigException("manifests: can't read the folder " + folder
                    + " (name one that exists and that the server may read)");
        }
        return new ManifestSource();
    }

    @Override
    public void start(ClusterChanges changes) {
        for (ObjectKind kind : List.of(ObjectKind.values())) {
            changes.listStarted(kind);
            changes.listFinished(kind);
        }
    }

    @Override
    public void close() {}
}
