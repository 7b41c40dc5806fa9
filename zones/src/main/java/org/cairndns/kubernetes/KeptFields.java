package org.cairndns.kubernetes;

import java.util.Set;

/**
 * Fields of the objects that a {@link ClusterIndex} keeps only where someone looks for them, as they cost heap.
 *
 * @param podNames true if endpoints shall be found by the names of their pods
 * @param zones true if endpoints shall be found by their topology zones
 * @param external true if services shall be found by their external addresses
 * @param podLabels which labels of pods shall be known
 */
public record KeptFields(boolean podNames, boolean zones, boolean external, PodLabels podLabels) {
    /** None of them. */
    public static final KeptFields NONE = new KeptFields(false, false, false, PodLabels.NONE);

    /**
     * Labels of pods by their keys.
     *
     * @param all true for any label
     * @param keys of the labels where not all are wanted
     */
    public record PodLabels(boolean all, Set<String> keys) {
        /** No label. */
        public static final PodLabels NONE = new PodLabels(false, Set.of());

        public PodLabels {
            keys = Set.copyOf(keys);
        }

        /** True if no label is wanted. */
        public boolean isNone() {
            return !all && keys.isEmpty();
        }

        /** True if a label is wanted. */
        public boolean has(String key) {
            return all || keys.contains(key);
        }
    }
}
