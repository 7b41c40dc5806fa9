package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.wire.DomainName;
import org.jspecify.annotations.Nullable;

/**
 * The objects of an index as entries that make an equal one where they are put.
 *
 * <p>What an index does not keep of an object is not in its entry. For each namespace references to what never changes are taken
 * while no change is under way, and entries made of them afterwards, one at a time.
 */
public final class IndexCopy {
    /** A service at one moment. */
    private record Taken(ServiceSlot slot, ServiceNode node, ExternalService external) {}

    private final ClusterIndex index;
    private final Consumer<Runnable> gate;

    /**
     * A copy that can be made any number of times, by any thread.
     *
     * @param gate runs something short while no change is under way, such as {@link ClusterWriter#exclusively}
     */
    public IndexCopy(ClusterIndex index, Consumer<Runnable> gate) {
        this.index = index;
        this.gate = gate;
    }

    /** Puts the objects one by one, those of a namespace in a row; each as it is at some moment during the call. */
    public void putTo(ClusterObjects target) {
        for (NamespaceNode namespace : index.namespaces().elements()) {
            Contents contents = new Contents(namespace);
            gate.accept(contents::take);
            contents.putTo(target);
        }
    }

    /** What one namespace has. */
    private final class Contents {
        private final NamespaceNode namespace;
        private final List<Taken> services = new ArrayList<>();
        private final IdentityHashMap<PackedSlice, String> sliceNames = new IdentityHashMap<>();
        private final Map<String, SliceSlot> imports = new HashMap<>();
        private final Set<String> localSlices = new HashSet<>();
        private List<PodNode> pods = List.of();
        private boolean exists;

        Contents(NamespaceNode namespace) {
            this.namespace = namespace;
        }

        void take() {
            exists = namespace.exists();
            take(namespace.local());
            take(namespace.imported());
            imports.putAll(namespace.imported().slices());
            localSlices.addAll(namespace.local().slices().keySet());
            pods = List.copyOf(namespace.pods().values());
        }

        private void take(ServiceSpace space) {
            for (ServiceSlot slot : space.services().elements()) {
                services.add(new Taken(slot, slot.node(), index.externals().of(slot)));
            }
            space.slices().forEach((name, slot) -> sliceNames.put(slot.slice(), name));
        }

        void putTo(ClusterObjects target) {
            if (exists) {
                target.putNamespace(namespace.name());
            }
            for (Taken service : services) {
                put(service, target);
            }
            for (PodNode pod : pods) {
                target.put(new PodEntry(namespace.name(), pod.name(), list(pod.addresses()), pod.labels()));
            }
        }

        private void put(Taken service, ClusterObjects target) {
            boolean imported = service.slot.space().isImported();
            ServiceKind kind = service.node.kind();
            if (kind != null) {
                ServiceEntry entry = entry(service, kind);
                if (imported) {
                    target.putImport(entry);
                } else {
                    target.put(entry);
                }
            }
            for (PackedSlice slice : service.node.slices()) {
                String name = sliceNames.get(slice);
                // One that is of a service of this cluster too comes with that.
                if (name != null && !(imported && localSlices.contains(name))) {
                    target.put(entry(service.slot, name, slice));
                }
            }
        }

        private ServiceEntry entry(Taken service, ServiceKind kind) {
            DomainName alias = service.node.alias();
            List<String> targets = new ArrayList<>();
            list(service.external.addresses()).forEach(address -> targets.add(address.getHostAddress()));
            service.external.hostnames().forEach(hostname -> targets.add(hostname.toString()));
            return new ServiceEntry(
                    namespace.name(),
                    service.slot.name(),
                    kind,
                    list(service.node.clusterIps()),
                    alias == null ? "" : alias.toString(),
                    Arrays.asList(service.node.ports()),
                    targets);
        }

        private SliceEntry entry(ServiceSlot service, String name, PackedSlice slice) {
            boolean local = !service.space().isImported();
            @Nullable SliceSlot imported = imports.get(name);
            return new SliceEntry(
                    namespace.name(),
                    name,
                    local ? service.name() : "",
                    imported == null ? "" : imported.service().name(),
                    imported == null ? "" : imported.slice().clusterId().toString(),
                    Arrays.asList(slice.ports()),
                    slice.endpoints(),
                    OptionalLong.empty());
        }
    }

    private static List<InetAddress> list(Addresses addresses) {
        List<InetAddress> list = new ArrayList<>(addresses.size());
        for (int i = 0; i < addresses.size(); i++) {
            list.add(addresses.get(i).toInetAddress());
        }
        return list;
    }
}
