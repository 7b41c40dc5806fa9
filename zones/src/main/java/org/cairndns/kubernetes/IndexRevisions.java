package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The part of an {@link IndexWriter} that knows which revisions of the source's objects the index has. */
final class IndexRevisions {
    private final ClusterIndex index;

    IndexRevisions(ClusterIndex index) {
        this.index = index;
    }

    /** Remembers the revision of an object, seen now; false if there is no such object. */
    boolean stamp(ObjectKind kind, ObjectName name, int revision, int list) {
        List<Listed> objects = find(kind, name);
        for (Listed object : objects) {
            object.revision(revision);
            object.seenInList(list);
        }
        return !objects.isEmpty();
    }

    /** Compares an object, seen now. */
    ClusterChanges.Finding compare(ObjectKind kind, ObjectName name, int revision, int list) {
        List<Listed> objects = find(kind, name);
        boolean same = true;
        for (Listed object : objects) {
            object.seenInList(list);
            same &= object.revision() == revision;
        }
        if (objects.isEmpty()) {
            return ClusterChanges.Finding.MISSING;
        }
        return same ? ClusterChanges.Finding.SAME : ClusterChanges.Finding.OLDER;
    }

    /** Objects of a kind that were not seen since list or comparison {@code list} began. */
    Set<ObjectName> unseen(ObjectKind kind, int list) {
        Set<ObjectName> names = new TreeSet<>();
        for (NamespaceNode namespace : index.namespaces().elements()) {
            switch (kind) {
                case SERVICE -> addUnseen(namespace.local(), list, names);
                case SERVICE_IMPORT -> addUnseen(namespace.imported(), list, names);
                case ENDPOINT_SLICE -> {
                    addUnseenSlices(namespace.local(), list, names);
                    addUnseenSlices(namespace.imported(), list, names);
                }
                case POD ->
                    namespace.pods().values().stream()
                            .filter(pod -> pod.seenInList() != list)
                            .forEach(pod -> names.add(new ObjectName(namespace.name(), pod.name())));
                case NAMESPACE -> {
                    if (namespace.exists() && namespace.seenInList() != list) {
                        names.add(new ObjectName("", namespace.name()));
                    }
                }
            }
        }
        return names;
    }

    private static void addUnseen(ServiceSpace space, int list, Set<ObjectName> names) {
        for (ServiceSlot slot : space.services().elements()) {
            if (slot.isService() && slot.seenInList() != list) {
                names.add(new ObjectName(space.namespace().name(), slot.name()));
            }
        }
    }

    private static void addUnseenSlices(ServiceSpace space, int list, Set<ObjectName> names) {
        space.slices().forEach((name, slice) -> {
            if (slice.seenInList() != list) {
                names.add(new ObjectName(space.namespace().name(), name));
            }
        });
    }

    // A slice may be there twice, for a service of this cluster and for an imported one.
    private List<Listed> find(ObjectKind kind, ObjectName object) {
        boolean isNamespace = kind == ObjectKind.NAMESPACE;
        NamespaceNode namespace =
                index.namespaces().find(Labels.octets(isNamespace ? object.name() : object.namespace()));
        if (namespace == null) {
            return List.of();
        }
        return switch (kind) {
            case SERVICE -> listOf(service(namespace.local(), object.name()));
            case SERVICE_IMPORT -> listOf(service(namespace.imported(), object.name()));
            case ENDPOINT_SLICE -> {
                List<Listed> slices =
                        new ArrayList<>(listOf(namespace.local().slices().get(object.name())));
                slices.addAll(listOf(namespace.imported().slices().get(object.name())));
                yield slices;
            }
            case POD -> listOf(namespace.pods().get(object.name()));
            case NAMESPACE -> listOf(namespace.exists() ? namespace : null);
        };
    }

    private static @Nullable ServiceSlot service(ServiceSpace space, String name) {
        ServiceSlot slot = space.services().find(Labels.octets(name));
        return slot != null && slot.isService() ? slot : null;
    }

    private static List<Listed> listOf(@Nullable Listed object) {
        return object == null ? List.of() : List.of(object);
    }
}
