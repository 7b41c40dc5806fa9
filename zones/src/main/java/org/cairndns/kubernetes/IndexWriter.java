package org.cairndns.kubernetes;

import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/**
 * The only one who changes a {@link ClusterIndex}; one thread at a time.
 *
 * <p>Each list has a number. An object remembers the list that put it last, so the end of a list finds what was not in
 * it without a second copy of anything.
 */
final class IndexWriter implements ClusterChanges {
    private final ClusterIndex index;
    private final ProgrammingListener listener;
    private final Interner interner = new Interner();
    private final int[] lists = new int[ObjectKind.values().length];

    IndexWriter(ClusterIndex index, ProgrammingListener listener) {
        this.index = index;
        this.listener = listener;
    }

    @Override
    public void put(ServiceEntry entry) {
        if (!Labels.isLabel(entry.namespace()) || !Labels.isLabel(entry.name())) {
            return;
        }
        ServiceSlot slot = slotFor(entry.namespace(), entry.name());
        slot.seenInList(lists[ObjectKind.SERVICE.ordinal()]);
        ServiceNode before = slot.node();
        ServiceNode after = before.withService(entry, interner);
        if (before.kind() == null) {
            index.counts().came(ObjectKind.SERVICE);
        }
        if (!after.sameService(before)) {
            publish(slot, after, after.clusterIps(), before.clusterIps());
        }
    }

    @Override
    public void put(SliceEntry entry) {
        if (!Labels.isLabel(entry.namespace()) || !Labels.isLabel(entry.serviceName())) {
            return;
        }
        ServiceSlot service = slotFor(entry.namespace(), entry.serviceName());
        int list = lists[ObjectKind.ENDPOINT_SLICE.ordinal()];
        SliceSlot before = service.namespace().slices().get(entry.name());
        PackedSlice slice = PackedSlice.of(entry, index.keepsPodNames(), interner);
        if (before != null && before.service().equals(service) && before.slice().sameAs(slice)) {
            before.seenInList(list);
            return;
        }
        if (before == null) {
            index.counts().came(ObjectKind.ENDPOINT_SLICE);
        }
        service.namespace().slices().put(entry.name(), new SliceSlot(service, slice, list));
        @Nullable PackedSlice replaced = before != null && before.service().equals(service) ? before.slice() : null;
        Addresses gone = replaced == null ? Addresses.NONE : replaced.addresses();
        publish(service, service.node().withSlice(replaced, slice), slice.addresses(), gone);
        if (before != null && replaced == null) {
            dropSlice(before);
        }
        reportVisible(entry, service.node());
    }

    @Override
    public void put(PodEntry entry) {
        if (!Labels.isLabel(entry.namespace())) {
            return;
        }
        NamespaceNode namespace = namespaceFor(entry.namespace());
        int list = lists[ObjectKind.POD.ordinal()];
        PodNode before = namespace.pods().get(entry.name());
        Addresses addresses = Addresses.of(entry.addresses());
        if (before != null && before.addresses().equals(addresses)) {
            before.seenInList(list);
            return;
        }
        PodNode pod = new PodNode(namespace, entry.name(), addresses, list);
        namespace.pods().put(entry.name(), pod);
        for (int i = 0; i < addresses.size(); i++) {
            index.podsByAddress().add(addresses.get(i), pod);
        }
        if (before == null) {
            index.counts().came(ObjectKind.POD);
        } else {
            forgetAddresses(before);
        }
        index.zoneSerial().advance();
    }

    @Override
    public void putNamespace(String name) {
        if (!Labels.isLabel(name)) {
            return;
        }
        NamespaceNode namespace = namespaceFor(name);
        namespace.seenInList(lists[ObjectKind.NAMESPACE.ordinal()]);
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
            case SERVICE -> {
                ServiceSlot slot = namespace.services().find(Labels.octets(name));
                if (slot != null) {
                    dropService(slot);
                }
            }
            case ENDPOINT_SLICE -> {
                SliceSlot slot = namespace.slices().remove(name);
                if (slot != null) {
                    dropSlice(slot);
                    index.counts().went(ObjectKind.ENDPOINT_SLICE);
                }
            }
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
    public void listFinished(ObjectKind kind) {
        int list = lists[kind.ordinal()];
        for (NamespaceNode namespace : index.namespaces().elements()) {
            switch (kind) {
                case SERVICE -> sweepServices(namespace, list);
                case ENDPOINT_SLICE -> sweepSlices(namespace, list);
                case POD -> sweepPods(namespace, list);
                case NAMESPACE -> {
                    if (namespace.seenInList() != list) {
                        dropNamespace(namespace);
                    }
                }
            }
            forgetIfEmpty(namespace);
        }
        index.syncState().listed(kind);
    }

    private void sweepServices(NamespaceNode namespace, int list) {
        for (ServiceSlot slot : namespace.services().elements()) {
            if (slot.seenInList() != list) {
                dropService(slot);
            }
        }
    }

    private void sweepSlices(NamespaceNode namespace, int list) {
        namespace.slices().values().removeIf(slot -> {
            boolean gone = slot.seenInList() != list;
            if (gone) {
                dropSlice(slot);
                index.counts().went(ObjectKind.ENDPOINT_SLICE);
            }
            return gone;
        });
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

    private void dropService(ServiceSlot slot) {
        ServiceNode before = slot.node();
        if (before.kind() != null) {
            publish(slot, before.withoutService(), Addresses.NONE, before.clusterIps());
            index.counts().went(ObjectKind.SERVICE);
        }
    }

    /** Takes a slice that no name leads to any more out of its service. */
    private void dropSlice(SliceSlot slot) {
        ServiceSlot service = slot.service();
        PackedSlice slice = slot.slice();
        publish(service, service.node().withSlice(slice, null), Addresses.NONE, slice.addresses());
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

    private void forgetAddresses(PodNode pod) {
        for (int i = 0; i < pod.addresses().size(); i++) {
            index.podsByAddress().remove(pod.addresses().get(i), pod);
        }
    }

    /** Makes a node visible; {@code added} and {@code dropped} hold the addresses that may have come and gone. */
    private void publish(ServiceSlot slot, ServiceNode node, Addresses added, Addresses dropped) {
        for (int i = 0; i < added.size(); i++) {
            index.servicesByAddress().add(added.get(i), slot);
        }
        slot.publish(node);
        for (int i = 0; i < dropped.size(); i++) {
            IpAddress address = dropped.get(i);
            if (!node.hasAddress(address)) {
                index.servicesByAddress().remove(address, slot);
            }
        }
        if (node.isEmpty()) {
            slot.namespace().services().remove(slot);
        }
        index.zoneSerial().advance();
    }

    private NamespaceNode namespaceFor(String name) {
        NamespaceNode namespace = index.namespaces().find(Labels.octets(name));
        if (namespace == null) {
            namespace = new NamespaceNode(name, index.seed());
            index.namespaces().add(namespace);
        }
        return namespace;
    }

    private ServiceSlot slotFor(String namespaceName, String name) {
        NamespaceNode namespace = namespaceFor(namespaceName);
        ServiceSlot slot = namespace.services().find(Labels.octets(name));
        if (slot == null) {
            slot = new ServiceSlot(namespace, Labels.octets(name));
            namespace.services().add(slot);
        }
        return slot;
    }

    private void forgetIfEmpty(NamespaceNode namespace) {
        if (namespace.isEmpty()) {
            index.namespaces().remove(namespace);
        }
    }

    private void reportVisible(SliceEntry entry, ServiceNode node) {
        ServiceKind kind = node.kind();
        // Unlike CoreDNS, slices of the first list do not count: their changes may lie days back.
        if (kind != null && entry.changeTriggeredAtMillis().isPresent() && index.isSynced()) {
            long delay =
                    index.clock().millis() - entry.changeTriggeredAtMillis().getAsLong();
            listener.sliceVisible(kind, Math.max(0, delay));
        }
    }
}
