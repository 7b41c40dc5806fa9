package org.cairndns.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * A few seconds of Jazzer for each target; {@code -Dcairn.fuzz.seconds=N} for other than two, {@code src/fuzz/run} for minutes
 * of one.
 */
class ShortFuzzTest {
    private static final int SECONDS = Integer.getInteger("cairn.fuzz.seconds", 2);
    private static final int AT_A_TIME = 2;

    @Test
    void targets_forSeconds_handleAllOctetsRight() throws Exception {
        Fuzzer fuzzer = new Fuzzer(FuzzFolders.corpus(), Files.createDirectories(FuzzFolders.work()));
        Map<Target, Future<List<String>>> runs = new EnumMap<>(Target.class);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            for (Target target : Target.values()) {
                runs.put(target, threads.submit(() -> fuzzer.run(target, SECONDS)));
            }
        }
        for (Map.Entry<Target, Future<List<String>>> run : runs.entrySet()) {
            assertThat(run.getValue().get())
                    .as("target %s; the octets are in %s", run.getKey().label(), FuzzFolders.work())
                    .isEmpty();
        }
    }
}
