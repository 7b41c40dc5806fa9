package org.cairndns.kubernetes.source;

import java.util.HashSet;
import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ObjectName;

/** The way of one kind of object from the API to the receiver of changes; confined to the source's thread. */
final class Feed {
    // More names than this are not told apart; no API has so many that no name of DNS fits.
    private static final int MAX_UNKEPT = 10_000;

    private final ObjectKind kind;
    private final String path;
    private final ApiClient client;
    private final Projection projection;
    private final ClusterChanges changes;
    private final ApiTimings timings;

    /** Objects of which the receiver keeps nothing. */
    private final Set<ObjectName> unkept = new HashSet<>();

    /**
     * @param path path and query in the API, open for more parameters
     */
    Feed(ObjectKind kind, String path, ApiClient client, ClusterChanges changes, ApiTimings timings) {
        this.kind = kind;
        this.path = path;
        this.client = client;
        this.projection = Projection.of(kind);
        this.changes = changes;
        this.timings = timings;
    }

    ObjectKind kind() {
        return kind;
    }

    ApiClient client() {
        return client;
    }

    Projection projection() {
        return projection;
    }

    ClusterChanges changes() {
        return changes;
    }

    ApiTimings timings() {
        return timings;
    }

    /** Sends a request for the kind with further parameters. */
    ApiCall list(String parameters, ApiCall.Listener listener) {
        return client.get(path + parameters, resource().mediaTypes(), timings.listSilence(), listener);
    }

    /** Sends a request for nothing but the metadata of the kind, with further parameters. */
    ApiCall metadata(String parameters, ApiCall.Listener listener) {
        return client.get(path + parameters, resource().metadataTypes(), timings.listSilence(), listener);
    }

    /** Sends a request for the kind with further parameters whose answer stays open. */
    ApiCall watch(String parameters, ApiCall.Listener listener) {
        return client.get(
                path + "watch=true&allowWatchBookmarks=true&" + parameters,
                resource().mediaTypes(),
                timings.watchSilence(),
                listener);
    }

    /** Reports that all objects are about to be put. */
    void listStarted() {
        unkept.clear();
        changes.listStarted(kind);
    }

    /** Reports an object as it is now. */
    void put(ReadObject object) {
        if (object.projected() instanceof Projected.Irrelevant) {
            return;
        }
        object.projected().putTo(changes);
        ObjectName name = name(object);
        if (changes.stamp(kind, name, object.meta().revision())) {
            unkept.remove(name);
        } else if (unkept.size() < MAX_UNKEPT) {
            unkept.add(name);
        }
    }

    /** Reports that an object is gone. */
    void remove(ReadObject object) {
        ObjectName name = name(object);
        unkept.remove(name);
        changes.remove(kind, name.namespace(), name.name());
    }

    /** Compares an object as the API has it with what was reported. */
    ClusterChanges.Finding compare(ReadObject object) {
        ObjectName name = name(object);
        ClusterChanges.Finding finding =
                changes.compare(kind, name, object.meta().revision());
        boolean unknowable = finding == ClusterChanges.Finding.MISSING
                && (object.projected() instanceof Projected.Irrelevant
                        || unkept.contains(name)
                        || unkept.size() == MAX_UNKEPT);
        return unknowable ? ClusterChanges.Finding.SAME : finding;
    }

    /** The name by which the receiver knows an object. */
    ObjectName name(ReadObject object) {
        ObjectMeta meta = object.meta();
        return new ObjectName(kind == ObjectKind.NAMESPACE ? "" : meta.namespace(), meta.name());
    }

    private ApiResource resource() {
        return ApiResource.of(kind);
    }
}
