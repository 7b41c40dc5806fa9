package org.cairndns.kubernetes.source;

import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ServiceKind;

/**
 * All objects of a folder by kind.
 *
 * <p>Of two objects with the same name the last one counts, as with {@code kubectl apply}. The namespace of an object exists,
 * even without an object of its own: what is previewed seldom has those.
 */
final class ManifestListing {
    private final Map<ObjectKind, Map<String, Projected>> kinds = new EnumMap<>(ObjectKind.class);

    private ManifestListing() {
        for (ObjectKind kind : ObjectKind.values()) {
            kinds.put(kind, new HashMap<>());
        }
    }

    /** The objects of files, in the order in which they count. */
    static ManifestListing of(Collection<List<ManifestObject>> files) {
        ManifestListing listing = new ManifestListing();
        files.forEach(objects -> objects.forEach(listing::add));
        return listing;
    }

    private void add(ManifestObject object) {
        boolean isNamespace = object.kind() == ObjectKind.NAMESPACE;
        String namespace = isNamespace ? object.name() : object.namespace();
        of(ObjectKind.NAMESPACE).put(namespace, new Projected.Namespace(namespace));
        if (!isNamespace) {
            of(object.kind()).put(namespace + '/' + object.name(), object.projected());
        }
    }

    /** How many objects of which kind there are. */
    String summary() {
        long withoutAddress = of(ObjectKind.SERVICE).values().stream()
                .filter(ManifestListing::lacksAddress)
                .count();
        String remark = withoutAddress == 0 ? "" : " (" + withoutAddress + " have no clusterIP, so no address)";
        return of(ObjectKind.SERVICE).size() + " services" + remark + ", "
                + of(ObjectKind.ENDPOINT_SLICE).size() + " endpoint slices, "
                + of(ObjectKind.POD).size() + " pods, "
                + of(ObjectKind.NAMESPACE).size() + " namespaces";
    }

    private static boolean lacksAddress(Projected object) {
        return object instanceof Projected.Service service
                && service.entry().kind() == ServiceKind.CLUSTER_IP
                && service.entry().clusterIps().isEmpty();
    }

    /** Reports each kind as a new list. */
    void reportTo(ClusterChanges changes) {
        for (ObjectKind kind : ObjectKind.values()) {
            report(kind, changes);
        }
    }

    /** Reports each kind in which something differs from {@code before} as a new list. */
    void reportChangesTo(ClusterChanges changes, ManifestListing before) {
        for (ObjectKind kind : ObjectKind.values()) {
            if (!of(kind).equals(before.of(kind))) {
                report(kind, changes);
            }
        }
    }

    private void report(ObjectKind kind, ClusterChanges changes) {
        changes.listStarted(kind);
        of(kind).values().forEach(object -> object.putTo(changes));
        changes.listFinished(kind);
    }

    private Map<String, Projected> of(ObjectKind kind) {
        return kinds.getOrDefault(kind, Map.of());
    }
}
