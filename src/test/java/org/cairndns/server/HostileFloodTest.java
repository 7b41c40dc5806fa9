package org.cairndns.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.cairndns.perf.faults.hostile.HostileRun;
import org.cairndns.perf.faults.hostile.HostileSetup;
import org.cairndns.perf.faults.hostile.HostileTally;
import org.cairndns.perf.faults.hostile.HostileUpstream;
import org.cairndns.testing.LeakWatch;
import org.cairndns.testing.LogWatch;
import org.cairndns.testing.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Thousands of mutated queries and answers at a server with a directive of every kind: each reply is proper and has the right
 * RCODE, nothing leaks, nothing fails. The full size is {@code perf/faults hostile}.
 */
@ExtendWith({LeakWatch.class, LogWatch.class})
class HostileFloodTest {
    @TempDir
    static Path folder;

    private static final long SEED = System.nanoTime();

    private static HostileUpstream upstream;
    private static TestServer server;
    private static HostileRun attack;

    @BeforeAll
    static void start() throws Exception {
        System.out.println("HostileFloodTest seed " + SEED);
        upstream = HostileUpstream.start(SEED);
        server = TestServer.startFile(HostileSetup.write(folder, 0, upstream.port(), List.of()));
        attack = new HostileRun(server.port(), upstream, SEED);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        upstream.close();
    }

    @Test
    void server_mutatedDatagrams_answersEachAsItMust() throws Exception {
        assertProper(attack.datagrams(15_000), 15_000 / 50);
    }

    @Test
    void server_mutatedStreams_answersEachAsItMust() throws Exception {
        assertProper(attack.streams(5_000), 5_000 / 100);
    }

    @Test
    void server_mutatedAnswersOfItsUpstream_passesOnNoForgedOne() throws Exception {
        assertProper(attack.answers(2_000), 2_000 / 50);
    }

    private static void assertProper(HostileTally tally, int good) {
        assertThat(tally.faults()).as("seed %d", SEED).isEmpty();
        assertThat(tally.goodCount()).isGreaterThanOrEqualTo(good);
        // An attack that gets one kind of answer only would show nothing.
        assertThat(tally.byRcode()).hasSizeGreaterThan(2);
    }
}
