package org.cairndns.differential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.testing.Await;

/** The objects of a cluster, in the order in which they are made. */
record ClusterObjects(List<KubeObject> all) {
    private static final Map<String, String> COLLECTIONS = Map.of(
            "Namespace", "/api/v1/namespaces",
            "Service", "/api/v1/namespaces/NAMESPACE/services",
            "Pod", "/api/v1/namespaces/NAMESPACE/pods",
            "EndpointSlice", "/apis/discovery.k8s.io/v1/namespaces/NAMESPACE/endpointslices",
            "ServiceImport", "/apis/multicluster.x-k8s.io/v1alpha1/namespaces/NAMESPACE/serviceimports");

    ClusterObjects {
        all = List.copyOf(all);
    }

    /** Reads YAML files with several documents each. */
    static ClusterObjects of(Path... manifests) throws IOException {
        List<KubeObject> objects = new ArrayList<>();
        for (Path manifest : manifests) {
            for (String document : Files.readString(manifest).split("(?m)^---$")) {
                objects.add(KubeObject.of(document));
            }
        }
        return new ClusterObjects(objects);
    }

    /** The objects of one kind. */
    List<KubeObject> of(String kind) {
        return all.stream().filter(object -> object.kind().equals(kind)).toList();
    }

    List<String> namespaces() {
        return of("Namespace").stream().map(KubeObject::name).toList();
    }

    /** All but those of that name. */
    ClusterObjects without(String name) {
        return new ClusterObjects(
                all.stream().filter(object -> !object.name().equals(name)).toList());
    }

    /** Makes all of them, and the definition of ServiceImport before. */
    void loadInto(ApiServerProcess api, Path definitionOfServiceImport) throws IOException {
        apply(
                api,
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/serviceimports.multicluster.x-k8s.io",
                Files.readString(definitionOfServiceImport));
        Await.until("ServiceImports are served", () -> isServed(api));
        for (KubeObject object : all) {
            String path = COLLECTIONS.get(object.kind());
            if (path == null) {
                throw new IllegalStateException("no path for the kind " + object.kind());
            }
            String location = path.replace("NAMESPACE", object.namespace()) + "/" + object.name();
            apply(api, location, object.toString());
            if (object.hasStatus()) {
                apply(api, location + "/status", object.toString());
            }
        }
    }

    private static boolean isServed(ApiServerProcess api) {
        try {
            api.send("GET", "/apis/multicluster.x-k8s.io/v1alpha1/serviceimports", "application/json", "");
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static void apply(ApiServerProcess api, String path, String object) {
        api.send("PATCH", path + "?fieldManager=tests&force=true", "application/apply-patch+yaml", object);
    }
}
