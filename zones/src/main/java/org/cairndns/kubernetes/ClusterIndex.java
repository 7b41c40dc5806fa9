package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cairndns.wire.DomainName;
import org.cairndns.zone.IpAddress;
import org.cairndns.zone.ReverseName;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's services, endpoints and pods as DNS needs them: one writer, any number of readers without locks.
 *
 * <pre>
 *   namespace label -> NamespaceNode -> ServiceSpace (local, imported) -> service label -> ServiceSlot -> ServiceNode (immutable)
 *   address -> local ServiceSlots that have it    address -> pods that have it
 * </pre>
 *
 * A change publishes one new node; tables are changed in place, never rebuilt. An address is entered for a service before
 * the node that has it is published and taken out afterwards, so readers check the node again.
 */
public final class ClusterIndex {
    private final boolean keepsImports;
    private final KeptFields kept;
    private final InstantSource clock;
    private final long seed;
    private final LabelTable<NamespaceNode> namespaces;
    private final AddressTable<ServiceSlot> servicesByAddress = new AddressTable<>();
    private final AddressTable<PodNode> podsByAddress = new AddressTable<>();
    private final ObjectCounts counts = new ObjectCounts();
    private final ZoneSerial serial;
    private final ExternalTable externals;
    private final SyncState syncState;

    /**
     * An empty index.
     *
     * @param required kinds that must have been listed before the index counts as synced; without {@link
     *     ObjectKind#SERVICE_IMPORT} nothing of imports and their slices is kept
     * @param kept what costs heap
     * @param clock wall clock for the serial
     * @param seed a random number that nobody outside knows, for hash tables
     */
    public ClusterIndex(Set<ObjectKind> required, KeptFields kept, InstantSource clock, long seed) {
        this.keepsImports = required.contains(ObjectKind.SERVICE_IMPORT);
        this.kept = kept;
        this.clock = clock;
        this.seed = seed;
        this.namespaces = new LabelTable<>(seed);
        this.serial = new ZoneSerial(clock);
        this.externals = new ExternalTable(clock);
        this.syncState = new SyncState(required);
    }

    /** An empty index that keeps at most the names of pods of what costs heap. */
    public ClusterIndex(Set<ObjectKind> required, boolean keepsPodNames, InstantSource clock, long seed) {
        this(required, new KeptFields(keepsPodNames, false, false, KeptFields.PodLabels.NONE), clock, seed);
    }

    /**
     * The way to change the index; called once, and what it returns is used by one thread at a time.
     *
     * @param listener hears when slices became visible
     */
    public ClusterChanges writer(ProgrammingListener listener) {
        return new IndexWriter(this, listener);
    }

    /** SOA serial: Unix time of the last change that clients can see in seconds, larger after each change. */
    public long serial() {
        return serial.value();
    }

    /** Number of changes so far that clients can see, counted once they can. */
    long changes() {
        return serial.changes();
    }

    /** True once each required kind has been listed, or was withheld for good. */
    public boolean isSynced() {
        return syncState.isSynced();
    }

    /** True once everything was listed; false while the API withholds a kind without which most names are known. */
    public boolean isComplete() {
        return syncState.isComplete();
    }

    /** Completes when {@link #isSynced} turns true, on the writer's thread. */
    public CompletableFuture<Void> whenSynced() {
        return syncState.whenSynced();
    }

    /** Required kinds that have not been listed yet. */
    public Set<ObjectKind> missingKinds() {
        return syncState.missing();
    }

    /**
     * True as long as answers come from what an earlier process knew, see {@link IndexRestore}: until each required kind has been
     * listed.
     */
    public boolean isFromSnapshot() {
        return syncState.isRestored() && !syncState.isComplete();
    }

    /** Another number after each change that {@link IndexCopy} would show; any thread. */
    public long revision() {
        return serial.changes() + externals.changes();
    }

    /** Waits for {@link #isSynced}; false if that takes longer than {@code limit}. */
    public boolean awaitSynced(Duration limit) throws InterruptedException {
        try {
            syncState.whenSynced().get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("synchronisation does not fail", e);
        }
    }

    /** Number of objects of a kind that are known. */
    public int count(ObjectKind kind) {
        return counts.of(kind);
    }

    /** The pod with this address; empty if none is known, or if several share their node's. */
    public Optional<PodEntry> podAt(InetAddress address) {
        List<PodNode> pods = podsNowAt(address);
        if (pods.size() != 1) {
            return Optional.empty();
        }
        PodNode pod = pods.getFirst();
        List<InetAddress> addresses = new ArrayList<>();
        for (int i = 0; i < pod.addresses().size(); i++) {
            addresses.add(pod.addresses().get(i).toInetAddress());
        }
        return Optional.of(new PodEntry(pod.namespace().name(), pod.name(), addresses, pod.labels()));
    }

    /** Namespace of the pods with this address; empty if none is known, or if pods of several share their node's. */
    public Optional<String> namespaceAt(InetAddress address) {
        List<PodNode> pods = podsNowAt(address);
        if (pods.isEmpty()) {
            return Optional.empty();
        }
        NamespaceNode namespace = pods.getFirst().namespace();
        for (PodNode pod : pods) {
            if (pod.namespace() != namespace) {
                return Optional.empty();
            }
        }
        return Optional.of(namespace.name());
    }

    /** Pods that the source has told of: by now another one may have the address that a pod of the snapshot had. */
    private List<PodNode> podsNowAt(InetAddress address) {
        boolean old = isFromSnapshot() && missingKinds().contains(ObjectKind.POD);
        return old ? List.of() : podsByAddress.owners(IpAddress.of(address));
    }

    /** The namespace under the label at {@code position}, null if nothing of it is known. */
    @Nullable
    NamespaceNode namespace(DomainName name, int position) {
        return namespaces.find(name, position);
    }

    /** Services that have or had the address a moment ago. */
    List<ServiceSlot> servicesAt(IpAddress address) {
        return servicesByAddress.owners(address);
    }

    /** True if a service has an address below this name. */
    boolean hasAddressBelow(ReverseName name) {
        return servicesByAddress.anyBelow(name);
    }

    /** True if a pod of the namespace has the address. */
    boolean hasPod(NamespaceNode namespace, IpAddress address) {
        List<PodNode> pods = podsByAddress.owners(address);
        for (int i = 0; i < pods.size(); i++) {
            if (pods.get(i).namespace() == namespace) {
                return true;
            }
        }
        return false;
    }

    boolean keepsImports() {
        return keepsImports;
    }

    KeptFields kept() {
        return kept;
    }

    /** Services reached from outside; empty where they are not kept. */
    ExternalTable externals() {
        return externals;
    }

    InstantSource clock() {
        return clock;
    }

    long seed() {
        return seed;
    }

    LabelTable<NamespaceNode> namespaces() {
        return namespaces;
    }

    AddressTable<ServiceSlot> servicesByAddress() {
        return servicesByAddress;
    }

    AddressTable<PodNode> podsByAddress() {
        return podsByAddress;
    }

    ObjectCounts counts() {
        return counts;
    }

    ZoneSerial zoneSerial() {
        return serial;
    }

    SyncState syncState() {
        return syncState;
    }
}
