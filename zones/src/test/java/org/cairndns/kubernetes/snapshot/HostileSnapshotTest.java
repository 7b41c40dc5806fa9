package org.cairndns.kubernetes.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cairndns.kubernetes.testing.HeapWeights;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Heap that a forged snapshot can take, in a process of its own with the server's heap. */
class HostileSnapshotTest {
    private static final Map<String, Long> weights = new HashMap<>();

    @BeforeAll
    static void weigh(@TempDir Path folder) throws IOException, InterruptedException {
        weights.putAll(HeapWeights.of(HostileSnapshotProbe.class, folder));
    }

    @ParameterizedTest
    @EnumSource(ForgedBody.class)
    void read_moreThanThereIsRoomFor_takesNoMoreThanItsLimit(ForgedBody forged) {
        assertThat(weights.get(forged.name())).isLessThanOrEqualTo(weights.get("limit"));
    }
}
