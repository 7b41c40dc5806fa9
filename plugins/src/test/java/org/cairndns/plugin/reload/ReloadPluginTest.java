package org.cairndns.plugin.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.CorefileParser;
import org.cairndns.corefile.CorefileSource;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.cairndns.plugin.testing.LogCapture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReloadPluginTest {
    /** Draws the lowest number. */
    private static final RandomGenerator LOWEST = () -> 0;

    private final FakeServer server = new FakeServer();
    private final LogCapture log = new LogCapture();

    @BeforeEach
    void running() {
        server.runningHash("aa");
        server.reloading(() -> {
            server.runningHash("bb");
            return true;
        });
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    @Test
    void start_running_logsItsHashOnceAndShowsNoMetricYet() {
        block("reload").start();
        server.scheduler().advance(Duration.ofMinutes(3));

        assertThat(log.lines()).containsExactly("INFO plugin/reload: Running configuration SHA512 = aa");
        assertThat(server.reloads()).isZero();
        assertThat(server.metrics("coredns_reload")).containsExactly("coredns_reload_failed_total 0.0");
    }

    @Test
    void start_socketsOpenLate_logsTheHashThen() {
        server.runningHash("");
        block("reload").start();
        server.scheduler().advance(Duration.ofSeconds(5));
        assertThat(log.lines()).isEmpty();

        server.runningHash("aa");
        server.scheduler().advance(Duration.ofSeconds(1));

        assertThat(log.lines()).containsExactly("INFO plugin/reload: Running configuration SHA512 = aa");
    }

    @Test
    void start_notRunningYet_doesNotReload() {
        server.runningHash("");
        block("reload 2s 0").start();
        server.diskHash(() -> "aa");

        server.scheduler().advance(Duration.ofSeconds(10));

        assertThat(server.reloads()).isZero();
    }

    @Test
    void look_changedFile_reloadsOnceAndShowsItsHash() {
        block("reload").start();
        server.scheduler().advance(Duration.ofSeconds(2));
        server.diskHash(() -> "bb");

        server.scheduler().advance(Duration.ofMinutes(3));

        assertThat(server.reloads()).isEqualTo(1);
        assertThat(log.lines())
                .containsExactly(
                        "INFO plugin/reload: Running configuration SHA512 = aa",
                        "INFO plugin/reload: Running configuration SHA512 = bb");
        assertThat(server.metrics("coredns_reload"))
                .containsExactlyInAnyOrder(
                        "coredns_reload_failed_total 0.0",
                        "coredns_reload_version_info{hash=\"sha512\",value=\"bb\"} 1.0");
    }

    @Test
    void look_reloadFails_isCountedAndNotTriedAgainUntilTheFileChanges() {
        server.reloading(() -> false);
        block("reload").start();
        server.diskHash(() -> "bad");

        server.scheduler().advance(Duration.ofMinutes(3));

        assertThat(server.reloads()).isEqualTo(1);
        assertThat(log.lines())
                .last()
                .asString()
                .startsWith("SEVERE plugin/reload: Corefile changed but reload failed");
        assertThat(server.metrics("coredns_reload"))
                .containsExactlyInAnyOrder(
                        "coredns_reload_failed_total 1.0",
                        "coredns_reload_version_info{hash=\"sha512\",value=\"bad\"} 1.0");
        server.diskHash(() -> "worse");
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(server.reloads()).isEqualTo(2);
        assertThat(server.metrics("coredns_reload_version_info"))
                .containsExactly("coredns_reload_version_info{hash=\"sha512\",value=\"worse\"} 1.0");
    }

    @Test
    void look_reloadThrows_looksAgain() {
        server.reloading(() -> {
            throw new IllegalStateException("torn");
        });
        block("reload").start();
        server.diskHash(() -> "bb");

        server.scheduler().advance(Duration.ofMinutes(3));

        assertThat(server.reloads()).isGreaterThan(1);
        assertThat(log.lines())
                .containsOnlyOnce(
                        "WARNING plugin/reload: Corefile check failed: java.lang.IllegalStateException: torn");
    }

    @Test
    void look_brokenFileIsTakenBack_runningHashIsShownWithoutReload() {
        server.reloading(() -> false);
        block("reload").start();
        server.diskHash(() -> "bad");
        server.scheduler().advance(Duration.ofMinutes(1));

        server.diskHash(() -> "aa");
        server.scheduler().advance(Duration.ofMinutes(1));

        assertThat(server.reloads()).isEqualTo(1);
        assertThat(server.metrics("coredns_reload_version_info"))
                .containsExactly("coredns_reload_version_info{hash=\"sha512\",value=\"aa\"} 1.0");
        server.diskHash(() -> "bad");
        server.scheduler().advance(Duration.ofMinutes(1));
        assertThat(server.reloads()).as("the same mistake anew").isEqualTo(2);
    }

    @Test
    void look_unreadableOrMalformedFile_isLoggedOnceAndKept() {
        block("reload").start();
        server.scheduler().advance(Duration.ofSeconds(1));
        server.diskHash(() -> {
            throw new IOException("no such file");
        });
        server.scheduler().advance(Duration.ofMinutes(3));
        server.diskHash(() -> {
            CorefileParser.parse(CorefileSource.of(". {\n"), warning -> {});
            return "";
        });
        server.scheduler().advance(Duration.ofMinutes(3));

        assertThat(server.reloads()).isZero();
        assertThat(log.lines()).hasSize(3);
        assertThat(log.lines().get(1)).isEqualTo("WARNING plugin/reload: Corefile read failed: no such file");
        assertThat(log.lines().get(2)).startsWith("WARNING plugin/reload: Corefile parse failed: Corefile:");
        assertThat(server.metrics("coredns_reload")).containsExactly("coredns_reload_failed_total 0.0");
    }

    @Test
    void reload_withTheDirective_oneTimerAtTheNewPace() throws Exception {
        FakeBlock before = block("reload 2s 0").start();
        FakeBlock after = new FakeBlock(server, ". {\nreload 10s 0\n}\n", before, new ReloadPlugin(LOWEST));
        server.reloading(() -> {
            after.start();
            server.runningHash("bb");
            return true;
        });
        server.diskHash(() -> "bb");
        server.scheduler().advance(Duration.ofSeconds(4));
        assertThat(server.reloads()).isEqualTo(1);
        assertThat(server.scheduler().waiting()).isEqualTo(1);

        server.diskHash(() -> "cc");
        server.scheduler().advance(Duration.ofSeconds(7));
        assertThat(server.reloads())
                .as("2s after the reload the old timer would look")
                .isEqualTo(1);
        server.scheduler().advance(Duration.ofSeconds(1));
        assertThat(server.reloads()).isEqualTo(2);

        before.closeShared();
        assertThat(server.scheduler().waiting()).isZero();
    }

    @Test
    void reload_failedConfigurationHadAnotherPace_oldPaceGoesOn() {
        FakeBlock before = block("reload 2s 0").start();
        FakeBlock after = new FakeBlock(server, ". {\nreload 1h 0\n}\n", before, new ReloadPlugin(LOWEST));
        server.reloading(() -> {
            after.start();
            return false;
        });
        server.diskHash(() -> "bad");
        server.scheduler().advance(Duration.ofSeconds(2));

        server.diskHash(() -> "worse");
        server.scheduler().advance(Duration.ofSeconds(2));

        assertThat(server.reloads()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "reload, 22500, 37499",
        "reload 10s, 7500, 12499",
        "reload 10s 2s, 9000, 10999",
        "reload 10s 20s, 7500, 12499",
        "reload 2s 0, 2000, 2000",
        "reload 1m 0s, 60000, 60000",
    })
    void setup_jitter_isHalfOnEachSideAndAtMostHalfTheInterval(String directive, long leastMillis, long mostMillis) {
        assertThat(firstLookMillis(directive, LOWEST)).isEqualTo(leastMillis);
        assertThat(firstLookMillis(directive, new Highest())).isBetween(mostMillis - 1, mostMillis + 1);
    }

    private static long firstLookMillis(String directive, RandomGenerator random) {
        FakeServer fresh = new FakeServer();
        fresh.runningHash("aa");
        long[] at = {-1};
        long start = fresh.nanoTime();
        fresh.diskHash(() -> {
            at[0] = at[0] < 0 ? (fresh.nanoTime() - start) / 1_000_000 : at[0];
            return "aa";
        });
        new FakeBlock(fresh, ". {\n" + directive + "\n}\n", new ReloadPlugin(random)).start();
        fresh.scheduler().advance(Duration.ofMinutes(2));
        return at[0];
    }

    /** Draws the highest number. */
    private static final class Highest implements RandomGenerator {
        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("only bounded numbers are drawn");
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    reload 1s           | 2:8  | expected a duration of at least 2s, got '1s'
                    reload 30           | 2:8  | expected a duration of at least 2s, got '30'
                    reload 30s 999ms    | 2:12 | expected a jitter of 0 or at least 1s, got '999ms'
                    reload 30s -1s      | 2:12 | expected a duration of at least 0s, got '-1s'
                    reload 30s 5s 5s    | 2:15 | wrong number of arguments for 'reload', expected 0 to 2, got 3
                    reload {;lastgood;} | 3:1  | wrong number of arguments for 'lastgood', expected 1, got 0
                    reload {;lastgood a\0b;} | 3:10 | bad value for 'lastgood', expected a path, got 'a
                    reload {;x;}        | 3:1  | unknown property 'x'
                    """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive.replace(';', '\n')).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }

    @Test
    void setup_secondOccurrence_isWarnedAbout() throws CorefileException {
        assertThat(block("reload 10s\nreload 20s").warnings())
                .containsExactly("Corefile:3:1: only the first 'reload' of a server block counts");
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ". {\n" + directive + "\n}\n", new ReloadPlugin(LOWEST));
    }
}
