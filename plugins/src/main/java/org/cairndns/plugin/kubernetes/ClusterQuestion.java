package org.cairndns.plugin.kubernetes;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.wire.DomainName;

/**
 * A name of a cluster's zone taken apart, whether or not there is such a thing in the cluster.
 *
 * <pre>
 *   [ENDPOINT.]SERVICE.NAMESPACE.KIND.zone     _PORT._PROTOCOL.SERVICE.NAMESPACE.KIND.zone
 *   ENDPOINT.CLUSTER.SERVICE.NAMESPACE.KIND.zone of a multicluster zone
 *   ZONE.pin._zone.SERVICE.NAMESPACE.svc.zone, or prefer
 * </pre>
 *
 * See Kubernetes DNS 1.1.0 2, CoreDNS plugin/kubernetes.
 *
 * @param valid false if names of this form do not exist; all parts are missing then
 * @param parts in lower case, those that the name does not have are missing
 */
record ClusterQuestion(boolean valid, Map<Part, String> parts) {
    private static final ClusterQuestion INVALID = new ClusterQuestion(false, Map.of());
    private static final List<String> KINDS = List.of("svc", "pod");

    /** Labels of a service, its namespace, kind. */
    private static final int SERVICE_LABELS = 3;

    /** What a name may say. */
    enum Part {
        PORT_NAME("port-name"),
        PROTOCOL("protocol"),
        ENDPOINT("endpoint"),
        CLUSTER("cluster"),
        /** Topology zone. */
        ZONE("zone"),
        SERVICE("service"),
        NAMESPACE("namespace"),
        KIND("kind");

        private final String label;

        Part(String label) {
            this.label = label;
        }

        /** How metadata calls it, behind {@code kubernetes/}. */
        String label() {
            return label;
        }
    }

    ClusterQuestion {
        parts = Map.copyOf(parts);
    }

    /** Takes a name apart that is in the zone. */
    static ClusterQuestion of(DomainName qname, DomainName zone, boolean multicluster, boolean zonal) {
        List<String> labels = labels(qname, zone);
        int count = labels.size();
        // As in CoreDNS the zone, svc.zone and pod.zone are of no kind.
        if (count == 0 || count == 1 && KINDS.contains(labels.getFirst())) {
            return new ClusterQuestion(true, Map.of());
        }
        if (!KINDS.contains(labels.getLast())) {
            return INVALID;
        }
        Map<Part, String> parts = new EnumMap<>(Part.class);
        parts.put(Part.KIND, labels.getLast());
        parts.put(Part.NAMESPACE, labels.get(count - 2));
        if (count >= SERVICE_LABELS) {
            parts.put(Part.SERVICE, labels.get(count - SERVICE_LABELS));
        }
        List<String> rest = labels.subList(0, Math.max(0, count - SERVICE_LABELS));
        boolean mayBeZonal = zonal && !multicluster && labels.getLast().equals("svc");
        return addRest(parts, rest, multicluster) || mayBeZonal && addZone(parts, rest)
                ? new ClusterQuestion(true, parts)
                : INVALID;
    }

    private static boolean addRest(Map<Part, String> parts, List<String> rest, boolean multicluster) {
        switch (rest.size()) {
            case 0 -> {}
            case 1 -> parts.put(Part.ENDPOINT, rest.getFirst());
            case 2 -> {
                boolean endpoint = multicluster && rest.stream().noneMatch(label -> label.startsWith("_"));
                parts.put(endpoint ? Part.ENDPOINT : Part.PORT_NAME, withoutUnderscore(rest.getFirst()));
                parts.put(endpoint ? Part.CLUSTER : Part.PROTOCOL, withoutUnderscore(rest.getLast()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /** {@code ZONE.pin._zone} or {@code ZONE.prefer._zone}. */
    private static boolean addZone(Map<Part, String> parts, List<String> rest) {
        int directive = rest.size() - 2;
        boolean fits =
                rest.getLast().equals("_zone") && List.of("pin", "prefer").contains(rest.get(directive));
        if (fits) {
            parts.put(Part.ZONE, String.join(".", rest.subList(0, directive)));
        }
        return fits;
    }

    private static String withoutUnderscore(String label) {
        return label.startsWith("_") ? label.substring(1) : label;
    }

    private static List<String> labels(DomainName qname, DomainName zone) {
        List<String> labels = new ArrayList<>();
        int end = qname.length() - zone.length();
        for (int at = 0; at < end; at += qname.octet(at) + 1) {
            labels.add(qname.lowerLabelAt(at));
        }
        return labels;
    }

    /** A part of the name, empty text for one that it lacks; missing if the name is not valid. */
    Optional<String> text(Part part) {
        return valid ? Optional.of(parts.getOrDefault(part, "")) : Optional.empty();
    }

    /** What is wrong with the name, if something is. */
    Optional<String> error() {
        return valid ? Optional.empty() : Optional.of("invalid query name");
    }
}
