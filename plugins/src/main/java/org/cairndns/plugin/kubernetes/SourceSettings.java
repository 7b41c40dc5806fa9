package org.cairndns.plugin.kubernetes;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.source.AuditTimings;

/**
 * Which objects of which cluster are read; directives with equal settings share one {@link Cluster}.
 *
 * @param kept what of the objects is kept besides what always is
 * @param labels selector of services, pods and endpoint slices, empty for all
 * @param namespaceLabels selector of namespaces, empty for all
 * @param audit about how often what is known is compared with the API, zero for never
 */
record SourceSettings(
        ClusterAccess access,
        Set<ObjectKind> kinds,
        KeptFields kept,
        String labels,
        String namespaceLabels,
        Duration audit) {
    /** What a directive without {@code audit} means. */
    static final Duration DEFAULT_AUDIT = AuditTimings.DEFAULT.interval();

    SourceSettings {
        kinds = Set.copyOf(kinds);
    }

    /** Which objects, and what of them, are read, in one text; equal for equal choices in another process too. */
    String selection() {
        KeptFields.PodLabels podLabels = kept.podLabels();
        return String.join(
                "\n",
                new TreeSet<>(kinds).toString(),
                "pod names " + kept.podNames() + ", zones " + kept.zones() + ", external " + kept.external(),
                "pod labels " + podLabels.all() + " " + new TreeSet<>(podLabels.keys()),
                "labels " + labels,
                "namespace labels " + namespaceLabels);
    }

    /** The selectors as the API takes them, by kind. */
    Map<ObjectKind, String> labelSelectors() {
        Map<ObjectKind, String> selectors = new EnumMap<>(ObjectKind.class);
        for (ObjectKind kind : kinds) {
            String selector = switch (kind) {
                case NAMESPACE -> namespaceLabels;
                case SERVICE, ENDPOINT_SLICE, POD -> labels;
                // Unlike CoreDNS, which looks for the labels of namespaces at imports.
                case SERVICE_IMPORT -> "";
            };
            if (!selector.isEmpty()) {
                selectors.put(kind, selector);
            }
        }
        return selectors;
    }
}
