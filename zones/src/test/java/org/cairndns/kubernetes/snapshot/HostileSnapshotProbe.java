package org.cairndns.kubernetes.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.cairndns.kubernetes.ClusterIndex;
import org.cairndns.kubernetes.IndexRestore;
import org.cairndns.kubernetes.KeptFields;
import org.cairndns.kubernetes.ObjectKind;

/**
 * The program of {@link HostileSnapshotTest}: has forged snapshots read, and weighs what they put.
 *
 * <p>It writes lines {@code NAME OCTETS}.
 */
final class HostileSnapshotProbe {
    private static final SnapshotOrigin ORIGIN = SnapshotOrigin.of("probe", "all");
    private static final KeptFields EVERYTHING =
            new KeptFields(true, true, true, new KeptFields.PodLabels(true, Set.of()));

    /** What is weighed while it is there; for one object, which is never put, it is all that there is room for. */
    private static final long LIMIT = 8 << 20;

    /** More than that can be made of. */
    private static final int BODY_OCTETS = 6 << 20;

    private HostileSnapshotProbe() {}

    public static void main(String[] arguments) throws IOException {
        SnapshotLimits all = SnapshotLimits.of(Runtime.getRuntime().maxMemory());
        SnapshotLimits some = new SnapshotLimits(all.maxFileOctets(), all.maxOctets(), LIMIT);
        System.out.println("limit " + LIMIT);
        for (ForgedBody forged : ForgedBody.values()) {
            weigh(forged, forged.isOneObject() ? all : some);
        }
    }

    private static void weigh(ForgedBody forged, SnapshotLimits limits) throws IOException {
        byte[] snapshot = snapshot(forged);
        ClusterIndex index = new ClusterIndex(EnumSet.allOf(ObjectKind.class), EVERYTHING, Instant::now, 4711);
        IndexRestore restore = new IndexRestore(index);
        long before = usedOctets();
        SnapshotResult result = new SnapshotReader(ORIGIN, limits).read(snapshot, restore.objects());
        System.out.println(forged + " " + (usedOctets() - before));
        if (!result.toString().contains("more than there is room for in memory")) {
            throw new IllegalStateException(forged + ": " + result);
        }
        restore.abandon();
    }

    private static byte[] snapshot(ForgedBody forged) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        long[] octets = {0};
        DeflaterOutputStream deflater = new DeflaterOutputStream(body, new Deflater(Deflater.BEST_SPEED));
        try {
            forged.write(new OctetWriter(new FilterOutputStream(deflater) {
                @Override
                public void write(byte[] piece, int from, int count) throws IOException {
                    if (octets[0] > BODY_OCTETS) {
                        throw new Enough();
                    }
                    octets[0] += count;
                    deflater.write(piece, from, count);
                }
            }));
        } catch (Enough e) {
            deflater.close();
        }
        return SealedSnapshot.of(body.toByteArray(), octets[0], Instant.EPOCH, ORIGIN);
    }

    private static final class Enough extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private static long usedOctets() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
