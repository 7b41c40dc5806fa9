package org.cairndns.kubernetes.snapshot;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.cairndns.kubernetes.ClusterChanges;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.IndexCopy;
import org.cairndns.kubernetes.IndexRestore;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ProgrammingListener;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;

/**
 * The program of {@link SnapshotSizeTest}: writes a snapshot of a large cluster, or reads one as the first thing that the process
 * does.
 *
 * <p>Names and addresses of pods are random, as they are in clusters, so that they do not become smaller than they would there.
 */
final class SnapshotProbe {
    static final int SERVICES = 10_000;
    static final int ENDPOINTS_PER_SERVICE = 10;
    static final SnapshotOrigin ORIGIN = SnapshotOrigin.of("probe", "all");

    private static final Set<ObjectKind> KINDS =
            EnumSet.of(ObjectKind.SERVICE, ObjectKind.ENDPOINT_SLICE, ObjectKind.NAMESPACE, ObjectKind.POD);
    private static final List<PortEntry> PORTS =
            List.of(new PortEntry("http", "tcp", 8080), new PortEntry("metrics", "tcp", 9090));

    private final Random random = new Random(4711);
    private final ClusterChanges changes;
    private final boolean names;
    private final boolean pods;

    private SnapshotProbe(ClusterChanges changes, boolean names, boolean pods) {
        this.changes = changes;
        this.names = names;
        this.pods = pods;
    }

    /** {@code write|read FILE plain|names|pods}. */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        ClusterIndex index = new ClusterIndex(
                KINDS, new KeptFields(true, true, false, KeptFields.PodLabels.NONE), Instant::now, 4711);
        long wallNanos = System.nanoTime();
        long cpuNanos = cpuNanos();
        if (arguments[0].equals("write")) {
            new SnapshotProbe(
                            index.writer(ProgrammingListener.NONE),
                            !arguments[2].equals("plain"),
                            arguments[2].equals("pods"))
                    .fill();
            wallNanos = System.nanoTime();
            cpuNanos = cpuNanos();
            new SnapshotFile(file).write(ORIGIN, Instant.now(), new IndexCopy(index, Runnable::run)::putTo);
        } else {
            IndexRestore restore = new IndexRestore(index);
            SnapshotReader reader = new SnapshotReader(
                    ORIGIN, SnapshotLimits.of(Runtime.getRuntime().maxMemory()));
            if (!(new SnapshotFile(file).read(reader, restore.objects()) instanceof SnapshotResult.Restored)) {
                throw new IllegalStateException("not read");
            }
            restore.done();
        }
        System.out.println("octets " + Files.size(file));
        System.out.println("cpuMillis " + TimeUnit.NANOSECONDS.toMillis(cpuNanos() - cpuNanos));
        System.out.println("wallMillis " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - wallNanos));
        System.out.println("services " + index.count(ObjectKind.SERVICE));
    }

    /** Of all threads, so that compiling and collecting count as on a machine with one core. */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void fill() throws UnknownHostException {
        for (ObjectKind kind : KINDS) {
            changes.listStarted(kind);
        }
        for (int i = 0; i < SERVICES; i++) {
            String namespace = "team-" + i / 100;
            String name = "checkout-" + Integer.toString(31 * i + 7, 36);
            changes.putNamespace(namespace);
            changes.put(new ServiceEntry(
                    namespace, name, ServiceKind.CLUSTER_IP, List.of(address(96)), "", PORTS, List.of()));
            List<EndpointEntry> endpoints = new ArrayList<>();
            String set = name + "-" + text(9) + "-";
            for (int n = 0; n < ENDPOINTS_PER_SERVICE; n++) {
                InetAddress address = address(128);
                String pod = set + text(5);
                endpoints.add(new EndpointEntry(
                        address, "", names ? pod : "", names ? "eu-west-1" + (char) ('a' + n % 3) : ""));
                if (pods) {
                    changes.put(new PodEntry(namespace, pod, List.of(address)));
                }
            }
            changes.put(new SliceEntry(namespace, name + "-" + text(5), name, PORTS, endpoints, OptionalLong.empty()));
        }
        for (ObjectKind kind : KINDS) {
            changes.listFinished(kind);
        }
    }

    private InetAddress address(int from) throws UnknownHostException {
        byte[] octets = {10, (byte) (from + random.nextInt(32)), (byte) random.nextInt(256), (byte) random.nextInt(256)
        };
        return InetAddress.getByAddress(octets);
    }

    private String text(int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append("bcdfghjklmnpqrstvwxz2456789".charAt(random.nextInt(27)));
        }
        return text.toString();
    }
}
