package org.cairndns.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.cairndns.kubernetes.ClusterObjects;
import org.cairndns.kubernetes.EndpointEntry;
import org.cairndns.kubernetes.PodEntry;
import org.cairndns.kubernetes.PortEntry;
import org.cairndns.kubernetes.ServiceEntry;
import org.cairndns.kubernetes.ServiceKind;
import org.cairndns.kubernetes.SliceEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots that are torn, foreign or made to harm. */
class SnapshotReaderTest {
    private static final SnapshotOrigin ORIGIN = SnapshotOrigin.of("cluster", "all");
    private static final Instant NOW = Instant.ofEpochSecond(1_795_354_802L);
    private static final long MAX_HEAP_OCTETS = 1 << 20;
    private static final SnapshotLimits LIMITS = new SnapshotLimits(1 << 20, 1 << 20, MAX_HEAP_OCTETS);
    private static final int MUTATIONS = 10_000;

    private final SnapshotReader reader = new SnapshotReader(ORIGIN, LIMITS);

    @TempDir
    private Path folder;

    private byte[] good = {};

    @BeforeEach
    void write() throws IOException {
        SnapshotFile file = new SnapshotFile(folder.resolve("good"));
        file.write(ORIGIN, NOW, SnapshotReaderTest::putObjects);
        good = Files.readAllBytes(folder.resolve("good"));
    }

    private static void putObjects(ClusterObjects changes) {
        PortEntry port = new PortEntry("http", "tcp", 80);
        for (int i = 0; i < 20; i++) {
            changes.putNamespace("ns-" + i);
            changes.put(new ServiceEntry(
                    "ns-" + i,
                    "web",
                    ServiceKind.values()[i % 3],
                    i % 3 == ServiceKind.CLUSTER_IP.ordinal()
                            ? List.of(InetAddress.ofLiteral("10.0.0." + i))
                            : List.of(),
                    i % 3 == ServiceKind.EXTERNAL_NAME.ordinal() ? "www.example.com." : "",
                    List.of(port),
                    List.of("192.0.2." + i)));
            changes.put(new SliceEntry(
                    "ns-" + i,
                    "web-1",
                    "web",
                    List.of(port),
                    List.of(
                            new EndpointEntry(InetAddress.ofLiteral("10.1.0." + i), "web-0", "web-0", "a"),
                            new EndpointEntry(InetAddress.ofLiteral("fd00::" + i), "", "web-1", "b")),
                    OptionalLong.empty()));
            changes.put(new PodEntry(
                    "ns-" + i, "web-0", List.of(InetAddress.ofLiteral("10.1.0." + i)), Map.of("app", "web")));
        }
    }

    @Test
    void read_whatWasWritten_putsEachObject() {
        CountingObjects objects = new CountingObjects();

        SnapshotResult result = reader.read(good, objects);

        assertThat(result).isEqualTo(new SnapshotResult.Restored(NOW, good.length));
        assertThat(objects.count()).isEqualTo(80);
    }

    @Test
    void read_mutatedOctets_neverPutsAnObject() {
        long seed = new Random().nextLong();
        System.out.println("SnapshotReaderTest: seed " + seed);
        Random random = new Random(seed);
        Map<String, Integer> reasons = new HashMap<>();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutated = mutated(good, random);
            if (!Arrays.equals(mutated, good)) {
                CountingObjects objects = new CountingObjects();

                SnapshotResult result = reader.read(mutated, objects);

                assertThat(result).as("seed %d, mutation %d", seed, i).isInstanceOf(SnapshotResult.Unusable.class);
                assertThat(objects.count()).as("seed %d, mutation %d", seed, i).isZero();
                reasons.merge(result.toString().replaceAll("[0-9]+", "N"), 1, Integer::sum);
            }
        }
        assertThat(reasons).hasSizeGreaterThan(4);
    }

    @Test
    void read_mutatedAndSealedAgain_staysWithinBounds() throws IOException {
        long seed = new Random().nextLong();
        System.out.println("SnapshotReaderTest: seed " + seed + " for sealed ones");
        Random random = new Random(seed);
        Map<String, Integer> reasons = new HashMap<>();
        byte[] body = body(good);
        for (int i = 0; i < MUTATIONS; i++) {
            CountingObjects objects = new CountingObjects();

            SnapshotResult result = reader.read(sealed(mutated(body, random)), objects);

            assertThat(objects.count()).as("seed %d, mutation %d", seed, i).isLessThan((int) MAX_HEAP_OCTETS / 100);
            reasons.merge(result.toString().replaceAll("[0-9]+", "N"), 1, Integer::sum);
        }
        System.out.println(reasons);
        assertThat(reasons).hasSizeGreaterThan(6);
    }

    @Test
    void read_otherFiles_saysWhatIsWrong() throws IOException {
        assertThat(reasonOf(new byte[0])).isEqualTo("it has only 0 octets");
        assertThat(reasonOf(new byte[500])).isEqualTo("it is no snapshot");
        assertThat(reasonOf(Arrays.copyOf(good, good.length - 1)))
                .isEqualTo("it has " + (good.length - 1) + " octets instead of " + good.length);
        assertThat(reasonOf(Arrays.copyOf(good, good.length + 1)))
                .isEqualTo("it has " + (good.length + 1) + " octets instead of " + good.length);
        assertThat(reasonOf(with(good, 11, 9))).isEqualTo("it is of version 9, expected 1");
        assertThat(reasonOf(with(good, 40, good[40] + 1))).isEqualTo("its header is damaged");
        assertThat(reasonOf(with(good, good.length - 1, good[good.length - 1] + 1)))
                .isEqualTo("its body is damaged");
    }

    @Test
    void read_ofAnotherOrigin_saysWhich() {
        CountingObjects objects = new CountingObjects();

        SnapshotResult ofCluster = new SnapshotReader(SnapshotOrigin.of("other", "all"), LIMITS).read(good, objects);
        SnapshotResult ofSelection =
                new SnapshotReader(SnapshotOrigin.of("cluster", "some"), LIMITS).read(good, objects);

        assertThat(ofCluster).isEqualTo(new SnapshotResult.Unusable("it is of another cluster"));
        assertThat(ofSelection)
                .isEqualTo(new SnapshotResult.Unusable("it was written under other options of 'kubernetes'"));
        assertThat(objects.count()).isZero();
    }

    @Test
    void read_decompressionBomb_endsEarly() throws IOException {
        byte[] zeros = new byte[64 << 20];

        assertThat(reasonOf(sealed(zeros))).startsWith("it is too large");
        assertThat(reasonOf(sealed(zeros, 1000))).isNotEmpty();

        ByteArrayOutputStream namespaces = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            namespaces.writeBytes(new byte[] {Items.NAMESPACE, 0, 1, 'a'});
        }
        assertThat(reasonOf(sealed(namespaces.toByteArray())))
                .isEqualTo("its objects are more than there is room for in memory");
        assertThat(reasonOf(sealed(namespaces.toByteArray(), 1000))).isEqualTo("it is larger than it says");
    }

    @Test
    void read_missingFile_isAbsent() {
        assertThat(new SnapshotFile(folder.resolve("missing")).read(reader, new CountingObjects()))
                .isEqualTo(SnapshotResult.Absent.INSTANCE);
        assertThat(new SnapshotFile(folder.resolve("missing").resolve("there")).read(reader, new CountingObjects()))
                .isEqualTo(SnapshotResult.Absent.INSTANCE);
        assertThat(new SnapshotFile(folder).read(reader, new CountingObjects()))
                .isInstanceOf(SnapshotResult.Unusable.class);
    }

    private String reasonOf(byte[] octets) {
        return reader.read(octets, new CountingObjects()) instanceof SnapshotResult.Unusable unusable
                ? unusable.reason()
                : "";
    }

    private static byte[] with(byte[] octets, int at, int value) {
        byte[] changed = octets.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /** Flipped bits, cuts, splices, large numbers. */
    private static byte[] mutated(byte[] octets, Random random) {
        byte[] mutated = octets.clone();
        for (int times = 1 + random.nextInt(3); times > 0 && mutated.length > 0; times--) {
            int at = random.nextInt(mutated.length);
            switch (random.nextInt(6)) {
                case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutated = Arrays.copyOf(mutated, at);
                case 2 -> mutated[at] = (byte) random.nextInt(256);
                case 3 -> {
                    int from = random.nextInt(octets.length);
                    int count = Math.min(random.nextInt(40), Math.min(octets.length - from, mutated.length - at));
                    System.arraycopy(octets, from, mutated, at, count);
                }
                case 4 -> {
                    byte[] shorter = new byte[mutated.length - 1];
                    System.arraycopy(mutated, 0, shorter, 0, at);
                    System.arraycopy(mutated, at + 1, shorter, at, shorter.length - at);
                    mutated = shorter;
                }
                default -> Arrays.fill(mutated, at, Math.min(mutated.length, at + 1 + random.nextInt(6)), (byte) 0xff);
            }
        }
        return mutated;
    }

    private static byte[] body(byte[] snapshot) throws IOException {
        byte[] deflated = Arrays.copyOfRange(snapshot, SnapshotHeader.OCTETS, snapshot.length);
        return new InflaterInputStream(new ByteArrayInputStream(deflated)).readAllBytes();
    }

    private static byte[] sealed(byte[] body) throws IOException {
        return sealed(body, body.length);
    }

    /** A file whose checksums are right. */
    private static byte[] sealed(byte[] body, long claimed) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(deflated)) {
            deflater.write(body);
        }
        return SealedSnapshot.of(deflated.toByteArray(), claimed, NOW, ORIGIN);
    }
}
