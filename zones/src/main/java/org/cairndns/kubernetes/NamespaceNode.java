package org.cairndns.kubernetes;

import java.util.HashMap;
import java.util.Map;

/**
 * Namespace with its services.
 *
 * <p>It is there as soon as an object of it is; it counts as existing only while the namespace itself is known.
 */
final class NamespaceNode extends Listed implements LabelTable.Labelled {
    private final String name;
    private final byte[] label;
    private final ServiceSpace local;
    private final ServiceSpace imported;

    /** Times that the namespace came and went, so odd while it is known; written by the writer thread only. */
    private volatile int turns;

    /** Pods by name; writer thread only, as is the rest. */
    private final Map<String, PodNode> pods = new HashMap<>();

    NamespaceNode(String name, long seed) {
        this.name = name;
        this.label = Labels.octets(name);
        this.local = new ServiceSpace(this, ObjectKind.SERVICE, seed);
        this.imported = new ServiceSpace(this, ObjectKind.SERVICE_IMPORT, seed);
    }

    String name() {
        return name;
    }

    @Override
    public byte[] label() {
        return label;
    }

    /** The services of this cluster. */
    ServiceSpace local() {
        return local;
    }

    /** The services imported from the clusterset. */
    ServiceSpace imported() {
        return imported;
    }

    /** True if the namespace is known and so visible in DNS. */
    boolean exists() {
        return isKnown(turns);
    }

    /** Says that the namespace came or went; writer only. */
    void exists(boolean known) {
        int turn = turns;
        if (known != isKnown(turn)) {
            turns = turn + 1;
        }
    }

    /** Another number each time that the namespace comes or goes. */
    int turns() {
        return turns;
    }

    private static boolean isKnown(int turns) {
        return (turns & 1) != 0;
    }

    /** True if a service of this cluster or an imported one has the slice; writer only. */
    boolean hasSlice(String sliceName) {
        return local.slices().containsKey(sliceName) || imported.slices().containsKey(sliceName);
    }

    Map<String, PodNode> pods() {
        return pods;
    }

    boolean isEmpty() {
        return !exists() && local.isEmpty() && imported.isEmpty() && pods.isEmpty();
    }
}
