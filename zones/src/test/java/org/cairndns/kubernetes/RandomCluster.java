package org.cairndns.kubernetes;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Random changes of a small cluster.
 *
 * <p>Names and addresses come from small pools, so that everything meets everything: slices come before their service, move to
 * another one, share addresses with services and pods, and endpoints are called like ports.
 */
final class RandomCluster {
    static final List<String> HOSTNAMES = List.of("", "", "web-0", "web-1", "tcp", "http", "10-0-0-2");
    static final List<String> PODS = List.of("", "web-0", "web-abc", "x");
    static final List<String> PORTS = List.of("", "http", "tcp", "metrics");
    static final List<String> PROTOCOLS = List.of("tcp", "udp", "sctp");
    static final List<String> ALIASES =
            List.of("www.example.com", "web.a.svc.cluster.local", "192.0.2.7", "fd00::7", "2001-db8--1");

    private static final List<String> FEW_NAMESPACES = List.of("a", "b", "default");
    private static final List<String> FEW_SERVICES = List.of("web", "db", "tcp", "svc", "10-0-0-1", "web-2");

    private final Random random;
    private final int scale;
    private final List<String> namespaces;
    private final List<String> services = new ArrayList<>();
    private final List<InetAddress> addresses;

    private RandomCluster(Random random, int scale, List<String> namespaces, List<String> services) {
        this.random = random;
        this.scale = scale;
        this.namespaces = namespaces;
        this.services.addAll(services);
        this.addresses = IntStream.concat(IntStream.range(0, 24 * scale * scale), IntStream.range(2500, 2512))
                .mapToObj(RandomCluster::address)
                .toList();
    }

    /** A cluster in which everything meets everything. */
    static RandomCluster small(Random random) {
        return new RandomCluster(random, 1, FEW_NAMESPACES, FEW_SERVICES);
    }

    /** A cluster in which tables grow and shrink. */
    static RandomCluster large(Random random) {
        RandomCluster cluster = new RandomCluster(random, 4, FEW_NAMESPACES, FEW_SERVICES);
        IntStream.range(0, 60).forEach(i -> cluster.services.add("s" + i));
        return cluster;
    }

    /** A cluster of which all objects belong to the service {@code web.a}. */
    static RandomCluster ofOneService(Random random) {
        return new RandomCluster(random, 1, List.of("a"), List.of("web"));
    }

    /** Names that namespaces may have. */
    List<String> namespaces() {
        return namespaces;
    }

    /** Names that services may have. */
    List<String> services() {
        return services;
    }

    /** Addresses that anything may have. */
    List<InetAddress> addresses() {
        return addresses;
    }

    private static InetAddress address(int i) {
        return InetAddress.ofLiteral(
                switch (i % 3) {
                    case 0 -> "10.0." + (i >> 8) + "." + (i & 0xff);
                    case 1 -> "fd00:0:0:" + (i & 1) + "::" + (i & 0xff);
                    default -> i % 2 == 0 ? "fd00:" + i + "::" : "2001:db8::" + i + ":0:0";
                });
    }

    /** A complete list of each kind, in any order, with changes of others in between. */
    List<Consumer<ClusterChanges>> firstLists() {
        List<ObjectKind> kinds = new ArrayList<>(List.of(ObjectKind.values()));
        Collections.shuffle(kinds, random);
        List<Consumer<ClusterChanges>> changes = new ArrayList<>();
        kinds.forEach(kind -> changes.addAll(list(kind)));
        return changes;
    }

    /** A list of a kind: all of it, or one that breaks off and begins again. */
    List<Consumer<ClusterChanges>> list(ObjectKind kind) {
        List<Consumer<ClusterChanges>> changes = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            changes.add(to -> to.listStarted(kind));
            changes.addAll(some(3, () -> put(kind)));
        }
        changes.add(to -> to.listStarted(kind));
        changes.addAll(exactly(
                scale * scale * (10 + random.nextInt(20)), () -> random.nextInt(6) == 0 ? remove(kind) : put(kind)));
        changes.add(to -> to.listFinished(kind));
        return changes;
    }

    /** A change of one object. */
    Consumer<ClusterChanges> change() {
        // Slices change most, as they do in clusters.
        ObjectKind kind = switch (random.nextInt(12)) {
            case 0 -> ObjectKind.NAMESPACE;
            case 1 -> ObjectKind.POD;
            case 2 -> ObjectKind.SERVICE_IMPORT;
            case 3, 4, 5, 6 -> ObjectKind.SERVICE;
            default -> ObjectKind.ENDPOINT_SLICE;
        };
        return random.nextInt(4) == 0 ? remove(kind) : put(kind);
    }

    private Consumer<ClusterChanges> put(ObjectKind kind) {
        return switch (kind) {
            case SERVICE -> {
                ServiceEntry service = service();
                yield to -> to.put(service);
            }
            case SERVICE_IMPORT -> {
                ServiceEntry imported = service();
                yield to -> to.putImport(imported);
            }
            case ENDPOINT_SLICE -> {
                SliceEntry slice = random.nextInt(8) == 0 ? slice().withImport(one(services), "east") : slice();
                yield to -> to.put(slice);
            }
            case POD -> {
                PodEntry pod =
                        new PodEntry(one(namespaces), "pod-" + random.nextInt(5 * scale), some(2, this::address));
                yield to -> to.put(pod);
            }
            case NAMESPACE -> {
                String name = one(namespaces);
                yield to -> to.putNamespace(name);
            }
        };
    }

    private Consumer<ClusterChanges> remove(ObjectKind kind) {
        String namespace = kind == ObjectKind.NAMESPACE ? "" : one(namespaces);
        String name = switch (kind) {
            case SERVICE, SERVICE_IMPORT -> one(services);
            case ENDPOINT_SLICE -> sliceName();
            case POD -> "pod-" + random.nextInt(5 * scale);
            case NAMESPACE -> one(namespaces);
        };
        return to -> to.remove(kind, namespace, name);
    }

    private ServiceEntry service() {
        ServiceKind kind = ServiceKind.values()[random.nextInt(ServiceKind.values().length)];
        return new ServiceEntry(
                one(namespaces),
                one(services),
                kind,
                kind == ServiceKind.CLUSTER_IP ? some(3, this::address) : List.of(),
                kind == ServiceKind.EXTERNAL_NAME ? one(ALIASES) : "",
                some(3, this::port));
    }

    private SliceEntry slice() {
        List<EndpointEntry> endpoints = some(4, () -> new EndpointEntry(address(), one(HOSTNAMES), one(PODS)));
        return new SliceEntry(
                one(namespaces), sliceName(), one(services), some(3, this::port), endpoints, OptionalLong.empty());
    }

    private String sliceName() {
        return "slice-" + random.nextInt(8 * scale * scale);
    }

    private PortEntry port() {
        return new PortEntry(one(PORTS), one(PROTOCOLS), 1 + random.nextInt(3));
    }

    private InetAddress address() {
        return one(addresses);
    }

    private <T> T one(List<T> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    private <T> List<T> some(int max, Supplier<T> supplier) {
        return exactly(random.nextInt(max + 1), supplier);
    }

    private static <T> List<T> exactly(int count, Supplier<T> supplier) {
        List<T> elements = new ArrayList<>();
        for (int i = count; i > 0; i--) {
            elements.add(supplier.get());
        }
        return elements;
    }
}
