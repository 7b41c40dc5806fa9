package org.cairndns.kubernetes.testing;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.ObjectName;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.SliceEntry;

/**
 * The plainest receiver of changes: maps of what exists, and counters of what was called.
 *
 * <p>Checks the contract of {@link ClusterChanges} as it goes; {@link #violation()} is the first breach.
 */
public final class ClusterModel implements ClusterChanges {
    private static final class Kind {
        private final Map<String, Object> objects = new HashMap<>();
        private final Set<String> marked = new HashSet<>();
        private final Map<String, Integer> revisions = new HashMap<>();
        private final Set<String> compared = new HashSet<>();
        private boolean listing;
        private boolean synced;
        private int listsStarted;
        private int listsFinished;
        private int puts;
        private int removals;
        private int sweptAway;
    }

    private final Map<ObjectKind, Kind> kinds = new EnumMap<>(ObjectKind.class);
    private String violation = "";

    public ClusterModel() {
        for (ObjectKind kind : ObjectKind.values()) {
            kinds.put(kind, new Kind());
        }
    }

    @Override
    public synchronized void put(ServiceEntry service) {
        put(ObjectKind.SERVICE, service.namespace() + "/" + service.name(), service);
    }

    @Override
    public synchronized void putImport(ServiceEntry imported) {
        put(ObjectKind.SERVICE_IMPORT, imported.namespace() + "/" + imported.name(), imported);
    }

    @Override
    public synchronized void put(SliceEntry slice) {
        put(ObjectKind.ENDPOINT_SLICE, slice.namespace() + "/" + slice.name(), slice);
    }

    @Override
    public synchronized void put(PodEntry pod) {
        put(ObjectKind.POD, pod.namespace() + "/" + pod.name(), pod);
    }

    @Override
    public synchronized void putNamespace(String name) {
        put(ObjectKind.NAMESPACE, name, name);
    }

    @Override
    public synchronized void remove(ObjectKind kind, String namespace, String name) {
        if (namespace.isEmpty() != (kind == ObjectKind.NAMESPACE)) {
            violate("remove " + kind + " in namespace '" + namespace + "'");
        }
        Kind of = of(kind);
        of.removals++;
        String key = namespace.isEmpty() ? name : namespace + "/" + name;
        of.objects.remove(key);
        of.marked.remove(key);
    }

    @Override
    public synchronized void listStarted(ObjectKind kind) {
        Kind of = of(kind);
        of.listing = true;
        of.listsStarted++;
        of.marked.clear();
    }

    @Override
    public synchronized void listFinished(ObjectKind kind) {
        Kind of = of(kind);
        if (!of.listing) {
            violate("listFinished without listStarted: " + kind);
        }
        int before = of.objects.size();
        of.objects.keySet().retainAll(of.marked);
        of.sweptAway += before - of.objects.size();
        of.listing = false;
        of.synced = true;
        of.listsFinished++;
    }

    @Override
    public synchronized boolean stamp(ObjectKind kind, ObjectName name, int revision) {
        Kind of = of(kind);
        boolean known = of.objects.containsKey(name.toString());
        if (known) {
            of.revisions.put(name.toString(), revision);
            of.compared.add(name.toString());
            if (of.listing) {
                of.marked.add(name.toString());
            }
        }
        return known;
    }

    @Override
    public synchronized void comparisonStarted(ObjectKind kind) {
        if (of(kind).listing) {
            violate("comparison of " + kind + " during a list");
        }
        of(kind).compared.clear();
    }

    @Override
    public synchronized Finding compare(ObjectKind kind, ObjectName name, int revision) {
        Kind of = of(kind);
        of.compared.add(name.toString());
        if (!of.objects.containsKey(name.toString())) {
            return Finding.MISSING;
        }
        return of.revisions.getOrDefault(name.toString(), 0) == revision ? Finding.SAME : Finding.OLDER;
    }

    @Override
    public synchronized Set<ObjectName> unseen(ObjectKind kind) {
        Set<ObjectName> unseen = new HashSet<>();
        for (String key : of(kind).objects.keySet()) {
            if (!of(kind).compared.contains(key)) {
                int slash = key.indexOf('/');
                unseen.add(new ObjectName(key.substring(0, Math.max(0, slash)), key.substring(slash + 1)));
            }
        }
        return unseen;
    }

    private void put(ObjectKind kind, String key, Object object) {
        Kind of = of(kind);
        of.puts++;
        of.objects.put(key, object);
        if (of.listing) {
            of.marked.add(key);
        } else if (!of.synced) {
            violate("put before listStarted: " + kind + " " + key);
        }
    }

    private Kind of(ObjectKind kind) {
        return kinds.get(kind);
    }

    private void violate(String text) {
        if (violation.isEmpty()) {
            violation = text;
        }
    }

    /** The service, if it exists. */
    public synchronized Optional<ServiceEntry> service(String namespace, String name) {
        return find(ObjectKind.SERVICE, namespace + "/" + name).map(ServiceEntry.class::cast);
    }

    /** The service that a ServiceImport stands for, if it exists. */
    public synchronized Optional<ServiceEntry> imported(String namespace, String name) {
        return find(ObjectKind.SERVICE_IMPORT, namespace + "/" + name).map(ServiceEntry.class::cast);
    }

    /** The slice, if it exists. */
    public synchronized Optional<SliceEntry> slice(String namespace, String name) {
        return find(ObjectKind.ENDPOINT_SLICE, namespace + "/" + name).map(SliceEntry.class::cast);
    }

    /** The pod, if it exists. */
    public synchronized Optional<PodEntry> pod(String namespace, String name) {
        return find(ObjectKind.POD, namespace + "/" + name).map(PodEntry.class::cast);
    }

    public synchronized boolean hasNamespace(String name) {
        return find(ObjectKind.NAMESPACE, name).isPresent();
    }

    private Optional<Object> find(ObjectKind kind, String key) {
        return Optional.ofNullable(of(kind).objects.get(key));
    }

    /** All services, in no order. */
    public synchronized List<ServiceEntry> services() {
        return all(ObjectKind.SERVICE, ServiceEntry.class);
    }

    /** All slices, in no order. */
    public synchronized List<SliceEntry> slices() {
        return all(ObjectKind.ENDPOINT_SLICE, SliceEntry.class);
    }

    /** All pods, in no order. */
    public synchronized List<PodEntry> pods() {
        return all(ObjectKind.POD, PodEntry.class);
    }

    private <T> List<T> all(ObjectKind kind, Class<T> type) {
        return of(kind).objects.values().stream().map(type::cast).toList();
    }

    /** How many objects of the kind there are. */
    public synchronized int count(ObjectKind kind) {
        return of(kind).objects.size();
    }

    /** Whether a list of the kind was finished. */
    public synchronized boolean synced(ObjectKind kind) {
        return of(kind).synced;
    }

    public synchronized int listsStarted(ObjectKind kind) {
        return of(kind).listsStarted;
    }

    public synchronized int listsFinished(ObjectKind kind) {
        return of(kind).listsFinished;
    }

    public synchronized int puts(ObjectKind kind) {
        return of(kind).puts;
    }

    /** Calls of {@code remove}. */
    public synchronized int removals(ObjectKind kind) {
        return of(kind).removals;
    }

    /** Objects that ended with a list that did not have them. */
    public synchronized int sweptAway(ObjectKind kind) {
        return of(kind).sweptAway;
    }

    /** The first breach of the contract, empty if there is none. */
    public synchronized String violation() {
        return violation;
    }
}
