package org.cairndns.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Heap per object of a large cluster, with bounds of about twice what was measured: 10,000 services in 100 namespaces, each with a slice of ten endpoints. */
class IndexSizeTest {
    private static final int SERVICES = 10_000;
    private static final int ENDPOINTS = 10;

    @Test
    void largeCluster_heapPerObject_isSmall() {
        TestCluster cluster = new TestCluster();
        for (ObjectKind kind : ObjectKind.values()) {
            cluster.changes().listStarted(kind);
            cluster.changes().listFinished(kind);
        }
        IntStream.range(0, 100).forEach(i -> cluster.changes().putNamespace(namespace(i)));
        long perService = octetsPerObject(SERVICES, i -> cluster.changes().put(service(i)));
        long perSlice = octetsPerObject(SERVICES, i -> cluster.changes().put(slice(i)));
        long perPod = octetsPerObject(SERVICES, i -> cluster.changes().put(pod(i)));

        System.out.println("IndexSizeTest: octets of heap per service " + perService + ", per slice of " + ENDPOINTS
                + " endpoints " + perSlice + ", per pod " + perPod);
        assertThat(perService).isLessThan(700);
        assertThat(perSlice).isLessThan(200 * ENDPOINTS);
        assertThat(perPod).isLessThan(500);
        assertThat(Answers.ask(cluster.zone(PodMode.VERIFIED), "svc-9999.ns-99.svc.cluster.local.", "A"))
                .isEqualTo(List.of("NOERROR", "svc-9999.ns-99.svc.cluster.local. 30 A 10.200.39.15"));
    }

    private static long octetsPerObject(int count, IntConsumer put) {
        long before = usedOctets();
        IntStream.range(0, count).forEach(put);
        return (usedOctets() - before) / count;
    }

    private static long usedOctets() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        // Until a collection finds nothing more.
        for (long next = Long.MAX_VALUE - 1; next < used; ) {
            used = next;
            System.gc();
            next = runtime.totalMemory() - runtime.freeMemory();
        }
        return used;
    }

    private static String namespace(int i) {
        return "ns-" + i % 100;
    }

    private static ServiceEntry service(int i) {
        return new ServiceEntry(
                namespace(i),
                "svc-" + i,
                ServiceKind.CLUSTER_IP,
                List.of(address(10, 200 << 16 | i)),
                "",
                List.of(new PortEntry("http", "tcp", 80), new PortEntry("metrics", "tcp", 9090)));
    }

    private static SliceEntry slice(int i) {
        List<EndpointEntry> endpoints = IntStream.range(0, ENDPOINTS)
                .mapToObj(
                        n -> new EndpointEntry(address(10, ENDPOINTS * i + n), "", "svc-" + i + "-7d5b6c9f8d-abcd" + n))
                .toList();
        return new SliceEntry(
                namespace(i),
                "svc-" + i + "-x7k2p",
                "svc-" + i,
                List.of(new PortEntry("http", "tcp", 8080), new PortEntry("metrics", "tcp", 9090)),
                endpoints,
                OptionalLong.empty());
    }

    private static PodEntry pod(int i) {
        return new PodEntry(namespace(i), "svc-" + i + "-7d5b6c9f8d-abcde", List.of(address(10, i)));
    }

    private static InetAddress address(int first, int rest) {
        return InetAddress.ofLiteral(first + "." + (rest >> 16) + "." + (rest >> 8 & 0xff) + "." + (rest & 0xff));
    }
}
