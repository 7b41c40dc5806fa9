package org.cairndns.kubernetes.source;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.ClusterZone;
import org.cairndns.kubernetes.ClusterZoneOptions;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodMode;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.testing.LargeCluster;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.ListenerInfo;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Transport;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The program of {@link IndexHeapTest}: reads lists of large clusters as the API sends them and weighs the index.
 *
 * <p>It writes lines {@code NAME OCTETS}. Nothing else runs beside it, so the numbers of two runs are the same but for a few octets.
 */
final class HeapProbe {
    private static final int SMALL_SERVICES = 2_000;
    private static final Set<ObjectKind> KINDS =
            EnumSet.of(ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.NAMESPACE, ObjectKind.POD);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("127.0.0.1", 4000);
    private static final ListenerInfo LISTENER = new ListenerInfo(Transport.UDP, "dns://:53", CLIENT);

    private final JsonFactory json = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();
    private final LargeCluster cluster;
    private final ClusterIndex index;
    private final ClusterChanges changes;

    private HeapProbe(LargeCluster cluster, boolean podNames) {
        this.cluster = cluster;
        KeptFields kept = new KeptFields(podNames, false, false, KeptFields.PodLabels.NONE);
        index = new ClusterIndex(KINDS, kept, Instant::now, 4711);
        changes = index.writer(ProgrammingListener.NONE);
    }

    public static void main(String[] arguments) {
        // Classes and pools first, so that they weigh nothing later.
        weighObjects("warmup", true, false);
        weighObjects("plain", false, false);
        weighObjects("stateful", true, false);
        weighObjects("stateful-with-pod-names", true, true);
        weighCluster("8000/75000", new LargeCluster(8_000, i -> i % 16 == 0 ? 75 : 5, false));
        weighCluster("10000/100000", new LargeCluster(10_000, i -> i % 16 == 0 ? 85 : 5, false));
        weighCluster("10000/100000-stateful", new LargeCluster(10_000, i -> i % 16 == 0 ? 85 : 5, true));
    }

    private static void weighObjects(String name, boolean stateful, boolean podNames) {
        long two = octetsPerService(LargeCluster.even(SMALL_SERVICES, 2, stateful), podNames);
        long ten = octetsPerService(LargeCluster.even(SMALL_SERVICES, 10, stateful), podNames);
        long endpoint = (ten - two) / 8;
        say(name + ".endpoint", endpoint);
        say(name + ".service", two - 2 * endpoint);
        say(name + ".pod", octetsPerPod(LargeCluster.even(SMALL_SERVICES, 2, stateful)));
    }

    private static long octetsPerService(LargeCluster cluster, boolean podNames) {
        HeapProbe probe = new HeapProbe(cluster, podNames);
        probe.list(ObjectKind.NAMESPACE, cluster::listNamespaces);
        long before = usedOctets();
        probe.list(ObjectKind.SERVICE, cluster::listServices);
        probe.list(ObjectKind.ENDPOINT_SLICE, cluster::listSlices);
        return (usedOctets() - before) / probe.index.count(ObjectKind.SERVICE);
    }

    private static long octetsPerPod(LargeCluster cluster) {
        HeapProbe probe = new HeapProbe(cluster, false);
        probe.list(ObjectKind.NAMESPACE, cluster::listNamespaces);
        long before = usedOctets();
        probe.list(ObjectKind.POD, cluster::listPods);
        return (usedOctets() - before) / probe.index.count(ObjectKind.POD);
    }

    private static void weighCluster(String name, LargeCluster cluster) {
        long before = usedOctets();
        HeapProbe probe = new HeapProbe(cluster, false);
        probe.list(ObjectKind.NAMESPACE, cluster::listNamespaces);
        probe.list(ObjectKind.SERVICE, cluster::listServices);
        probe.list(ObjectKind.ENDPOINT_SLICE, cluster::listSlices);
        say(name + ".index", usedOctets() - before);
        probe.askForAll();
        say(name + ".asked", usedOctets() - before);
        say(name + ".services", probe.index.count(ObjectKind.SERVICE));
        say(name + ".endpoints", cluster.totalEndpoints());
    }

    private void list(ObjectKind kind, Consumer<LargeCluster.PageSink> pages) {
        Projection projection = Projection.of(kind);
        changes.listStarted(kind);
        pages.accept(page -> {
            ListBody body = new JsonListBody(
                    json, reader -> projection.read(reader).projected().putTo(changes));
            body.feed(ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)));
            body.end();
        });
        changes.listFinished(kind);
    }

    /** What is kept for the next question of the same kind is part of the index. */
    private void askForAll() {
        DomainName apex = DomainName.of("cluster.local");
        ClusterZone zone = new ClusterZone(
                index,
                new ClusterZoneOptions(List.of(apex), 30, 5, PodMode.DISABLED, Set.of(), false, false),
                List::of);
        for (int i = 0; i < cluster.services(); i++) {
            String name = cluster.name(i) + "." + cluster.namespace(i) + ".svc.cluster.local.";
            zone.lookup(Query.of(DomainName.of(name), RecordType.A, CLIENT, LISTENER));
            zone.lookup(Query.of(DomainName.of(name), RecordType.AAAA, CLIENT, LISTENER));
        }
    }

    private static long usedOctets() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void say(String name, long octets) {
        System.out.println(name + " " + octets);
    }
}
