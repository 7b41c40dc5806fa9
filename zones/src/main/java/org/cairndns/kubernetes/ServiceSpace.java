package org.cairndns.kubernetes;

import java.util.HashMap;
import java.util.Map;

/** Services of a namespace under their names: those of this cluster, or those imported from a clusterset. */
final class ServiceSpace {
    private final NamespaceNode namespace;
    private final ObjectKind kind;
    private final LabelTable<ServiceSlot> services;

    /** Slices of these services under their own names; writer thread only. */
    private final Map<String, SliceSlot> slices = new HashMap<>();

    ServiceSpace(NamespaceNode namespace, ObjectKind kind, long seed) {
        this.namespace = namespace;
        this.kind = kind;
        this.services = new LabelTable<>(seed);
    }

    NamespaceNode namespace() {
        return namespace;
    }

    /** What makes the services: {@link ObjectKind#SERVICE} or {@link ObjectKind#SERVICE_IMPORT}. */
    ObjectKind kind() {
        return kind;
    }

    /** True if the services are those of ServiceImports; their addresses have no reverse names. */
    boolean isImported() {
        return kind == ObjectKind.SERVICE_IMPORT;
    }

    LabelTable<ServiceSlot> services() {
        return services;
    }

    Map<String, SliceSlot> slices() {
        return slices;
    }

    /** The service of this space that a slice belongs to, empty if none. */
    String serviceOf(SliceEntry slice) {
        return isImported() ? slice.importName() : slice.serviceName();
    }

    boolean isEmpty() {
        return services.size() == 0 && slices.isEmpty();
    }
}
