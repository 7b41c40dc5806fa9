package org.cairndns.kubernetes;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The only one who changes a {@link ClusterIndex}; one thread at a time.
 *
 * <p>Each list has a number. An object remembers the list that put it last, so the end of a list finds what was not in
 * it without a second copy of anything.
 */
final class IndexWriter implements ClusterChanges {
    private final ClusterIndex index;
    private final ServiceWriter services;
    private final IndexRevisions revisions;
    private final int[] lists = new int[ObjectKind.values().length];

    IndexWriter(ClusterIndex index, ProgrammingListener listener) {
        this(index, listener, ReverseEntries.into(index.servicesByAddress()));
    }

    /** A writer that gives the addresses of services to somebody else. */
    IndexWriter(ClusterIndex index, ProgrammingListener listener, ReverseEntries reverse) {
        this.index = index;
        this.services = new ServiceWriter(index, listener, reverse);
        this.revisions = new IndexRevisions(index);
    }

    @Override
    public void put(ServiceEntry entry) {
        if (isNamed(entry)) {
            services.put(namespaceFor(entry.namespace()).local(), entry, list(ObjectKind.SERVICE));
        }
    }

    @Override
    public void putImport(ServiceEntry entry) {
        if (index.keepsImports() && isNamed(entry)) {
            services.put(namespaceFor(entry.namespace()).imported(), entry, list(ObjectKind.SERVICE_IMPORT));
        }
    }

    @Override
    public void put(SliceEntry entry) {
        if (!Labels.isLabel(entry.namespace())) {
            return;
        }
        NamespaceNode namespace = namespaceFor(entry.namespace());
        services.put(namespace, entry, list(ObjectKind.ENDPOINT_SLICE));
        forgetIfEmpty(namespace);
    }

    @Override
    public void put(PodEntry entry) {
        if (!Labels.isLabel(entry.namespace())) {
            return;
        }
        NamespaceNode namespace = namespaceFor(entry.namespace());
        int list = list(ObjectKind.POD);
        PodNode before = namespace.pods().get(entry.name());
        Map<String, String> labels = wanted(entry.labels());
        Addresses addresses = Addresses.of(entry.addresses());
        if (before != null
                && before.addresses().equals(addresses)
                && before.labels().equals(labels)) {
            before.seenInList(list);
            return;
        }
        PodNode pod = new PodNode(namespace, entry.name(), addresses, labels, list);
        namespace.pods().put(entry.name(), pod);
        if (before == null) {
            index.counts().came(ObjectKind.POD);
            enterAddresses(pod);
        } else {
            replaceAddresses(before, pod);
        }
        index.zoneSerial().advance();
    }

    @Override
    public void putNamespace(String name) {
        if (!Labels.isLabel(name)) {
            return;
        }
        NamespaceNode namespace = namespaceFor(name);
        namespace.seenInList(list(ObjectKind.NAMESPACE));
        if (!namespace.exists()) {
            namespace.exists(true);
            index.counts().came(ObjectKind.NAMESPACE);
            index.zoneSerial().advance();
        }
    }

    @Override
    public void remove(ObjectKind kind, String namespaceName, String name) {
        boolean isNamespace = kind == ObjectKind.NAMESPACE;
        NamespaceNode namespace = index.namespaces().find(Labels.octets(isNamespace ? name : namespaceName));
        if (namespace == null) {
            return;
        }
        switch (kind) {
            case SERVICE -> services.remove(namespace.local(), name);
            case SERVICE_IMPORT -> services.remove(namespace.imported(), name);
            case ENDPOINT_SLICE -> services.removeSlice(namespace, name);
            case POD -> {
                PodNode pod = namespace.pods().remove(name);
                if (pod != null) {
                    dropPod(pod);
                }
            }
            case NAMESPACE -> dropNamespace(namespace);
        }
        forgetIfEmpty(namespace);
    }

    @Override
    public void listStarted(ObjectKind kind) {
        lists[kind.ordinal()]++;
    }

    @Override
    public void withheld(ObjectKind kind) {
        index.syncState().withheld(kind);
    }

    @Override
    public void listFinished(ObjectKind kind) {
        sweep(kind);
        index.syncState().listed(kind);
    }

    /** Removes everything, as if each kind had been listed and there was none; no kind counts as listed for it. */
    void clear() {
        for (ObjectKind kind : ObjectKind.values()) {
            listStarted(kind);
            sweep(kind);
        }
    }

    private void sweep(ObjectKind kind) {
        int list = list(kind);
        for (NamespaceNode namespace : index.namespaces().elements()) {
            switch (kind) {
                case SERVICE -> services.sweep(namespace.local(), list);
                case SERVICE_IMPORT -> services.sweep(namespace.imported(), list);
                case ENDPOINT_SLICE -> services.sweepSlices(namespace, list);
                case POD -> sweepPods(namespace, list);
                case NAMESPACE -> {
                    if (namespace.seenInList() != list) {
                        dropNamespace(namespace);
                    }
                }
            }
            forgetIfEmpty(namespace);
        }
    }

    @Override
    public boolean stamp(ObjectKind kind, ObjectName name, int revision) {
        return revisions.stamp(kind, name, revision, list(kind));
    }

    @Override
    public void comparisonStarted(ObjectKind kind) {
        // What a list leaves behind is counted anew by the next one, so both can have numbers of one row.
        listStarted(kind);
    }

    @Override
    public Finding compare(ObjectKind kind, ObjectName name, int revision) {
        return revisions.compare(kind, name, revision, list(kind));
    }

    @Override
    public Set<ObjectName> unseen(ObjectKind kind) {
        return revisions.unseen(kind, list(kind));
    }

    private Map<String, String> wanted(Map<String, String> labels) {
        KeptFields.PodLabels kept = index.kept().podLabels();
        if (kept.isNone() || labels.isEmpty()) {
            return Map.of();
        }
        Map<String, String> found = new HashMap<>();
        labels.forEach((key, value) -> {
            if (kept.has(key)) {
                found.put(key.intern(), value.intern());
            }
        });
        return Map.copyOf(found);
    }

    private void sweepPods(NamespaceNode namespace, int list) {
        namespace.pods().values().removeIf(pod -> {
            boolean gone = pod.seenInList() != list;
            if (gone) {
                dropPod(pod);
            }
            return gone;
        });
    }

    private void dropPod(PodNode pod) {
        forgetAddresses(pod);
        index.counts().went(ObjectKind.POD);
        index.zoneSerial().advance();
    }

    private void dropNamespace(NamespaceNode namespace) {
        if (namespace.exists()) {
            namespace.exists(false);
            index.counts().went(ObjectKind.NAMESPACE);
            index.zoneSerial().advance();
        }
    }

    private void enterAddresses(PodNode pod) {
        for (int i = 0; i < pod.addresses().size(); i++) {
            index.podsByAddress().add(pod.addresses().get(i), pod);
        }
    }

    /** An address that stays has one of both all the time, and never both: it is that of one pod. */
    private void replaceAddresses(PodNode before, PodNode after) {
        for (int i = 0; i < after.addresses().size(); i++) {
            index.podsByAddress().replace(after.addresses().get(i), before, after);
        }
        for (int i = 0; i < before.addresses().size(); i++) {
            if (!after.addresses().contains(before.addresses().get(i))) {
                index.podsByAddress().remove(before.addresses().get(i), before);
            }
        }
    }

    private void forgetAddresses(PodNode pod) {
        for (int i = 0; i < pod.addresses().size(); i++) {
            index.podsByAddress().remove(pod.addresses().get(i), pod);
        }
    }

    private static boolean isNamed(ServiceEntry entry) {
        return Labels.isLabel(entry.namespace()) && Labels.isLabel(entry.name());
    }

    private int list(ObjectKind kind) {
        return lists[kind.ordinal()];
    }

    private NamespaceNode namespaceFor(String name) {
        NamespaceNode namespace = index.namespaces().find(Labels.octets(name));
        if (namespace == null) {
            namespace = new NamespaceNode(name, index.seed());
            index.namespaces().add(namespace);
        }
        return namespace;
    }

    private void forgetIfEmpty(NamespaceNode namespace) {
        if (namespace.isEmpty()) {
            index.namespaces().remove(namespace);
        }
    }
}
