package org.cairndns.kubernetes.source;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.cairndns.kubernetes.ObjectKind;

/** The place of a kind of object in the API. */
enum ApiResource {
    SERVICES("", "services"),
    ENDPOINT_SLICES("discovery.k8s.io", "endpointslices"),
    NAMESPACES("", "namespaces"),
    PODS("", "pods");

    private static final String LIVE_PODS = "status.phase!=Succeeded,status.phase!=Failed,status.phase!=Unknown";

    private final String group;
    private final String plural;

    ApiResource(String group, String plural) {
        this.group = group;
        this.plural = plural;
    }

    static ApiResource of(ObjectKind kind) {
        return switch (kind) {
            case SERVICE -> SERVICES;
            case ENDPOINT_SLICE -> ENDPOINT_SLICES;
            case NAMESPACE -> NAMESPACES;
            case POD -> PODS;
        };
    }

    /** The name in paths, RBAC rules and logs. */
    String plural() {
        return plural;
    }

    /** The rule of a ClusterRole that allows to read the kind. */
    String rbacRule() {
        return "{apiGroups: [\"" + group + "\"], resources: [\"" + plural + "\"], verbs: [\"list\", \"watch\"]}";
    }

    /** Path and query, to which further parameters can be added. */
    String path(String labelSelector) {
        StringBuilder path = new StringBuilder(group.isEmpty() ? "api/v1/" : "apis/" + group + "/v1/")
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
