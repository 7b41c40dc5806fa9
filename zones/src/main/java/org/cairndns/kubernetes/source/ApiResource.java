package org.cairndns.kubernetes.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.cairndns.kubernetes.ObjectKind;

/** The place of a kind of object in the API. */
enum ApiResource {
    SERVICES("", "v1", "services", "Service"),
    SERVICE_IMPORTS("multicluster.x-k8s.io", "v1alpha1", "serviceimports", "ServiceImport"),
    ENDPOINT_SLICES("discovery.k8s.io", "v1", "endpointslices", "EndpointSlice"),
    NAMESPACES("", "v1", "namespaces", "Namespace"),
    PODS("", "v1", "pods", "Pod");

    /** The media type that all kinds have. */
    private static final String JSON = "application/json";

    private static final String LIVE_PODS = "status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown";

    private final String group;
    private final String version;
    private final String plural;
    private final String kindName;

    ApiResource(String group, String version, String plural, String kindName) {
        this.group = group;
        this.version = version;
        this.plural = plural;
        this.kindName = kindName;
    }

    static ApiResource of(ObjectKind kind) {
        return switch (kind) {
            case SERVICE -> SERVICES;
            case SERVICE_IMPORT -> SERVICE_IMPORTS;
            case ENDPOINT_SLICE -> ENDPOINT_SLICES;
            case NAMESPACE -> NAMESPACES;
            case POD -> PODS;
        };
    }

    /** The kind of an object that says so of itself; empty when it is none of ours. */
    static Optional<ObjectKind> kindOf(String apiVersion, String kindName) {
        for (ObjectKind kind : ObjectKind.values()) {
            ApiResource resource = of(kind);
            if (kindName.equals(resource.kindName) && resource.hasVersion(apiVersion)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    // The versions of a kind have the fields for DNS in common.
    private boolean hasVersion(String apiVersion) {
        return group.isEmpty() ? apiVersion.equals("v1") : apiVersion.startsWith(group + "/");
    }

    /** The name in paths, RBAC rules and logs. */
    String plural() {
        return plural;
    }

    /** True if the API may do without the kind, whose definition comes with an implementation of multicluster services. */
    boolean isOptional() {
        return this == SERVICE_IMPORTS;
    }

    /** True if most names are known without the kind: those of services with cluster IPs, and that others do not exist. */
    boolean isDispensable() {
        return this == ENDPOINT_SLICES || this == PODS;
    }

    /** Media types of lists and watches in the order in which they are preferred. */
    String mediaTypes() {
        // Kinds that come with a definition of their own have JSON only. The binary form has half the octets.
        return this == SERVICE_IMPORTS ? JSON : ProtoEnvelope.MEDIA_TYPE + "," + JSON;
    }

    /** The same for lists of nothing but metadata; the whole objects where the API can't do without. */
    String metadataTypes() {
        String metadata = ";as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
        String json = JSON + metadata + "," + JSON;
        return this == SERVICE_IMPORTS ? json : ProtoEnvelope.MEDIA_TYPE + metadata + "," + json;
    }

    /** The rule of a ClusterRole that allows to read the kind. */
    String rbacRule() {
        return "{apiGroups: [\"" + group + "\"], resources: [\"" + plural + "\"], verbs: [\"list\", \"watch\"]}";
    }

    /** Path and query, to which further parameters can be added. */
    String path(String labelSelector) {
        StringBuilder path = new StringBuilder(group.isEmpty() ? "api/" : "apis/" + group + "/")
                .append(version)
                .append('/')
                .append(plural)
                .append('?');
        if (this == PODS) {
            path.append("fieldSelector=").append(encode(LIVE_PODS)).append('&');
        }
        if (!labelSelector.isEmpty()) {
            path.append("labelSelector=").append(encode(labelSelector)).append('&');
        }
        return path.toString();
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
