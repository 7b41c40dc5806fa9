package org.cairndns.kubernetes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.jspecify.annotations.Nullable;

/** The part of an {@link IndexWriter} that changes services with their slices, in either space. */
final class ServiceWriter {
    private final ClusterIndex index;
    private final ProgrammingListener listener;
    private final ReverseEntries reverse;
    private final Interner interner = new Interner();

    ServiceWriter(ClusterIndex index, ProgrammingListener listener, ReverseEntries reverse) {
        this.index = index;
        this.listener = listener;
        this.reverse = reverse;
    }

    /** The service exists in this form, as list number {@code list} or a later change says. */
    void put(ServiceSpace space, ServiceEntry entry, int list) {
        ServiceSlot slot = slotFor(space, entry.name());
        slot.seenInList(list);
        ServiceNode before = slot.node();
        ServiceNode after = before.withService(entry, interner);
        if (before.kind() == null) {
            index.counts().came(space.kind());
        }
        boolean kept = index.kept().external() && !space.isImported();
        ExternalService external = kept ? ExternalService.of(entry, interner) : ExternalService.NONE;
        // Who has external addresses is answered for by these, so they come before the rest and go after it.
        if (!external.isEmpty()) {
            index.externals().put(slot, external);
        }
        if (!after.sameService(before)) {
            publish(slot, after, after.clusterIps(), before.clusterIps());
        }
        if (kept && external.isEmpty()) {
            index.externals().put(slot, external);
        }
    }

    void remove(ServiceSpace space, String name) {
        ServiceSlot slot = space.services().find(Labels.octets(name));
        if (slot != null) {
            drop(slot);
        }
    }

    /** Removes services that list number {@code list} does not have. */
    void sweep(ServiceSpace space, int list) {
        for (ServiceSlot slot : space.services().elements()) {
            if (slot.seenInList() != list) {
                drop(slot);
            }
        }
    }

    /** The slice exists in this form, as list number {@code list} or a later change says. */
    void put(NamespaceNode namespace, SliceEntry entry, int list) {
        boolean known = namespace.hasSlice(entry.name());
        put(namespace.local(), entry, list);
        if (index.keepsImports()) {
            put(namespace.imported(), entry, list);
        }
        boolean counts = namespace.hasSlice(entry.name());
        if (counts && !known) {
            index.counts().came(ObjectKind.ENDPOINT_SLICE);
        } else if (known && !counts) {
            index.counts().went(ObjectKind.ENDPOINT_SLICE);
        }
    }

    void removeSlice(NamespaceNode namespace, String name) {
        if (namespace.hasSlice(name)) {
            withdraw(namespace.local(), name);
            withdraw(namespace.imported(), name);
            index.counts().went(ObjectKind.ENDPOINT_SLICE);
        }
    }

    /** Removes slices that list number {@code list} does not have; a service loses all of its own at once. */
    void sweepSlices(NamespaceNode namespace, int list) {
        List<ServiceSpace> spaces = List.of(namespace.local(), namespace.imported());
        Set<String> names = new HashSet<>();
        for (ServiceSpace space : spaces) {
            space.slices().forEach((name, slot) -> {
                if (slot.seenInList() != list) {
                    names.add(name);
                }
            });
        }
        for (ServiceSpace space : spaces) {
            withdraw(space, names);
        }
        names.forEach(name -> index.counts().went(ObjectKind.ENDPOINT_SLICE));
    }

    private void put(ServiceSpace space, SliceEntry entry, int list) {
        String serviceName = space.serviceOf(entry);
        DomainName clusterId = space.isImported() ? interner.clusterId(entry.clusterId()) : DomainName.ROOT;
        // An endpoint of a cluster without a name could not be named in an SRV record.
        boolean nameless = space.isImported() && clusterId.equals(DomainName.ROOT);
        if (nameless || !Labels.isLabel(serviceName)) {
            withdraw(space, entry.name());
            return;
        }
        ServiceSlot service = slotFor(space, serviceName);
        SliceSlot before = space.slices().get(entry.name());
        PackedSlice slice = PackedSlice.of(entry, clusterId, index.kept(), interner);
        if (before != null && before.service().equals(service) && before.slice().sameAs(slice)) {
            before.seenInList(list);
            return;
        }
        space.slices().put(entry.name(), new SliceSlot(service, slice, list));
        @Nullable PackedSlice replaced = before != null && before.service().equals(service) ? before.slice() : null;
        Addresses gone = replaced == null ? Addresses.NONE : replaced.addresses();
        publish(service, service.node().withSlice(replaced, slice), slice.addresses(), gone);
        if (before != null && replaced == null) {
            drop(before.service(), List.of(before.slice()));
        }
        if (!space.isImported()) {
            reportVisible(entry, service.node());
        }
    }

    private void withdraw(ServiceSpace space, String name) {
        SliceSlot slot = space.slices().remove(name);
        if (slot != null) {
            drop(slot.service(), List.of(slot.slice()));
        }
    }

    private void withdraw(ServiceSpace space, Set<String> names) {
        Map<ServiceSlot, List<PackedSlice>> gone = new HashMap<>();
        for (String name : names) {
            SliceSlot slot = space.slices().remove(name);
            if (slot != null) {
                gone.computeIfAbsent(slot.service(), service -> new ArrayList<>())
                        .add(slot.slice());
            }
        }
        gone.forEach(this::drop);
    }

    private void drop(ServiceSlot slot) {
        ServiceNode before = slot.node();
        if (before.kind() != null) {
            publish(slot, before.withoutService(), Addresses.NONE, before.clusterIps());
            index.externals().put(slot, ExternalService.NONE);
            index.counts().went(slot.space().kind());
        }
    }

    /** Takes slices that no name leads to any more out of their service. */
    private void drop(ServiceSlot service, List<PackedSlice> slices) {
        ServiceNode node = service.node();
        for (PackedSlice slice : slices) {
            node = node.withSlice(slice, null);
        }
        service.publish(node);
        for (PackedSlice slice : slices) {
            forget(service, slice.addresses());
        }
        published(service, node);
    }

    /** Makes a node visible; {@code added} and {@code dropped} hold the addresses that may have come and gone. */
    private void publish(ServiceSlot slot, ServiceNode node, Addresses added, Addresses dropped) {
        if (!slot.space().isImported()) {
            reverse.add(added, slot);
        }
        slot.publish(node);
        forget(slot, dropped);
        published(slot, node);
    }

    /** The end of a change: what readers see from here on they may take for current until the next one. */
    private void published(ServiceSlot slot, ServiceNode node) {
        if (node.isEmpty()) {
            slot.space().services().remove(slot);
        }
        index.zoneSerial().advance();
    }

    /** Takes addresses that a service may have no more out of the reverse table. */
    private void forget(ServiceSlot slot, Addresses dropped) {
        boolean local = !slot.space().isImported();
        for (int i = 0; local && i < dropped.size(); i++) {
            IpAddress address = dropped.get(i);
            if (!slot.node().hasAddress(address)) {
                index.servicesByAddress().remove(address, slot);
            }
        }
    }

    private static ServiceSlot slotFor(ServiceSpace space, String name) {
        byte[] label = Labels.octets(name);
        ServiceSlot slot = space.services().find(label);
        if (slot == null) {
            slot = new ServiceSlot(space, label);
            space.services().add(slot);
        }
        return slot;
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
