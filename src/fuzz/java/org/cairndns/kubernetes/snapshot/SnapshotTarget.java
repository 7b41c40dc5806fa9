package org.cairndns.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.kubernetes.ClusterObjects;
import org.cairndns.kubernetes.FuzzedIndex;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.SliceEntry;

/**
 * Any octets as the body of a snapshot, as if its checksum were right, and as a whole one: refused, or objects that are the same
 * once written and read again, and that the index can answer for.
 */
public final class SnapshotTarget {
    private static final long MAX_HEAP_OCTETS = 1 << 20;
    private static final SnapshotLimits LIMITS = new SnapshotLimits(1 << 20, 1 << 20, MAX_HEAP_OCTETS);

    private SnapshotTarget() {}

    /** Objects in the order in which they were put. */
    private record Objects(List<Object> put, ClusterObjects also) implements ClusterObjects {
        @Override
        public void put(ServiceEntry service) {
            put.add(service);
            also.put(service);
        }

        @Override
        public void putImport(ServiceEntry imported) {
            put.add(List.of(imported));
            also.putImport(imported);
        }

        @Override
        public void put(SliceEntry slice) {
            put.add(slice);
            also.put(slice);
        }

        @Override
        public void put(PodEntry pod) {
            put.add(pod);
            also.put(pod);
        }

        @Override
        public void putNamespace(String name) {
            put.add(name);
            also.putNamespace(name);
        }
    }

    /** Throws if the octets are handled wrong. */
    public static void fuzzerTestOneInput(byte[] octets) throws IOException {
        SnapshotReader reader = new SnapshotReader(SnapshotOrigin.of("cluster", "all"), LIMITS);
        assertThat(reader.read(octets, new FuzzedIndex().changes())).isNotNull();
        List<Object> objects = new ArrayList<>();
        FuzzedIndex index = new FuzzedIndex();
        try {
            decode(octets, new Objects(objects, index.changes()));
        } catch (SnapshotException e) {
            assertThat(e.reason()).isNotBlank();
            return;
        }
        index.assertAnswers();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        OctetWriter out = new OctetWriter(body);
        SnapshotEncoder encoder = new SnapshotEncoder(out);
        List<Object> again = new ArrayList<>();
        try {
            decode(octets, new Objects(new ArrayList<>(), encoder));
            encoder.end();
            decode(body.toByteArray(), new Objects(again, new FuzzedIndex().changes()));
        } catch (SnapshotException e) {
            throw new AssertionError("what was written is not read", e);
        }
        assertThat(again).isEqualTo(objects);
    }

    private static void decode(byte[] body, ClusterObjects target) throws IOException, SnapshotException {
        OctetReader in = new OctetReader(new ByteArrayInputStream(body), body.length);
        new SnapshotDecoder(in, target, MAX_HEAP_OCTETS).run();
    }
}
