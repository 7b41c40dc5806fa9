package org.cairndns.kubernetes.source;

import java.util.Map;
import java.util.Set;
import org.cairndns.kubernetes.ObjectKind;

/**
 * What an {@link ApiSource} reads from the API, and how.
 *
 * @param kinds the kinds that are listed and watched
 * @param labelSelectors label selectors in the syntax of the API; a kind without one is read whole
 * @param userAgent value of the HTTP header, {@code Cairn/VERSION}
 * @param timings how long to wait for what
 */
public record ApiSourceOptions(
        Set<ObjectKind> kinds, Map<ObjectKind, String> labelSelectors, String userAgent, ApiTimings timings) {
    public ApiSourceOptions {
        kinds = Set.copyOf(kinds);
        labelSelectors = Map.copyOf(labelSelectors);
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("no kinds to read");
        }
    }

    /** All objects of the kinds, with the timings that are right for a cluster. */
    public static ApiSourceOptions of(Set<ObjectKind> kinds, String userAgent) {
        return new ApiSourceOptions(kinds, Map.of(), userAgent, ApiTimings.DEFAULT);
    }

    /** The label selector of a kind, empty when all its objects are read. */
    public String labelSelector(ObjectKind kind) {
        return labelSelectors.getOrDefault(kind, "");
    }
}
