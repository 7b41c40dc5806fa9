package org.cairndns.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cairndns.kubernetes.testing.ApiServerProcess;
import org.cairndns.testing.Await;

/** The way of manifests into a live API, as {@code kubectl apply --server-side} takes it. */
final class SpecificationObjects {
    /** A document that a live API refuses, because a Service of type ClusterIP needs a port. */
    private static final String REFUSED = "noports";

    private static final Map<String, String> COLLECTIONS = Map.of(
            "Namespace", "/api/v1/namespaces",
            "Service", "/api/v1/namespaces/NAMESPACE/services",
            "Pod", "/api/v1/namespaces/NAMESPACE/pods",
            "EndpointSlice", "/apis/discovery.k8s.io/v1/namespaces/NAMESPACE/endpointslices",
            "ServiceImport", "/apis/multicluster.x-k8s.io/v1alpha1/namespaces/NAMESPACE/serviceimports");

    private SpecificationObjects() {}

    /** Loads the fixture: the definition of ServiceImport, then all objects. */
    static void load(ApiServerProcess api, Path fixtures) throws IOException {
        Path definition = fixtures.resolve("../../apiserver/crds/serviceimports.yaml");
        apply(
                api,
                "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/serviceimports.multicluster.x-k8s.io",
                Files.readString(definition));
        Await.until("ServiceImports are served", () -> isServed(api));
        for (String file : List.of("objects.yaml", "serviceimports.yaml")) {
            for (String document : Files.readString(fixtures.resolve(file)).split("(?m)^---$")) {
                String name = field(document, "(?m)^  name: (\\S+)");
                if (!name.equals(REFUSED)) {
                    apply(api, path(document, name), document);
                }
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

    private static String path(String document, String name) {
        String kind = field(document, "(?m)^kind: (\\S+)");
        String collection = COLLECTIONS.get(kind);
        if (collection == null) {
            throw new IllegalStateException("no path for the kind " + kind);
        }
        boolean namespaced = collection.contains("NAMESPACE");
        String namespace = namespaced ? field(document, "(?m)^  namespace: (\\S+)") : "";
        return collection.replace("NAMESPACE", namespace) + "/" + name;
    }

    private static void apply(ApiServerProcess api, String path, String yaml) {
        api.send("PATCH", path + "?fieldManager=tests&force=true", "application/apply-patch+yaml", yaml);
    }

    private static String field(String document, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(document);
        if (!matcher.find()) {
            throw new IllegalStateException("nothing like " + pattern + " in\n" + document);
        }
        return matcher.group(1);
    }
}
