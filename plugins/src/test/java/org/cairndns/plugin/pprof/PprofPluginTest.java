package org.cairndns.plugin.pprof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.cairndns.plugin.spi.HttpEndpoints.Page;
import org.cairndns.plugin.testing.FakeBlock;
import org.cairndns.plugin.testing.FakeServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PprofPluginTest {
    private static final String USUAL = "127.0.0.1:6053";
    private static final long PATIENCE_SECONDS = 60;

    private final FakeServer server = new FakeServer();
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        recorder.close();
    }

    private FakeBlock block(String directive) {
        return new FakeBlock(server, ".:53 {\n" + directive.replace(';', '\n') + "\n}\n", new PprofPlugin());
    }

    @ParameterizedTest
    @CsvSource({
        "pprof, 127.0.0.1:6053",
        "pprof localhost:7000, 127.0.0.1:7000",
        "pprof 10.9.8.7:6060, 10.9.8.7:6060",
        "pprof :6060, 0.0.0.0:6060"
    })
    void setup_address_isWhereThePagesAre(String directive, String address) {
        assertThat(block(directive).problems()).isEmpty();

        assertThat(List.of("", "/", "/profile", "/goroutine", "/heap"))
                .allSatisfy(path -> assertThat(server.serves(address + "/debug/pprof" + path))
                        .isTrue());
        assertThat(server.body(address + "/debug/pprof/"))
                .contains("href=\"/debug/pprof/profile?seconds=30\"", "goroutine", "heap");
    }

    @Test
    void setup_withoutHandler_leavesTheChainAlone() {
        assertThat(block("pprof").hasHandler()).isFalse();
    }

    @Test
    void goroutine_showsThreadsWithTheirStacks() {
        block("pprof");

        assertThat(server.body(USUAL + "/debug/pprof/goroutine"))
                .contains("\"" + Thread.currentThread().getName() + "\" #", Snapshots.class.getName() + ".threads(");
    }

    @Test
    void heap_showsObjectsByClass() {
        block("pprof");

        assertThat(server.body(USUAL + "/debug/pprof/heap")).contains("#instances", "java.lang.String");
    }

    @Test
    void profile_seconds_areRecorded(@TempDir Path directory) throws Exception {
        block("pprof {;block 1000;}");

        Page page =
                server.page(USUAL + "/debug/pprof/profile", "debug=1&seconds=1").orElseThrow();

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).isEqualTo("application/octet-stream");
        Path file = Files.write(directory.resolve("a.jfr"), page.body());
        assertThat(RecordingFile.readAllEvents(file))
                .extracting(event -> event.getEventType().getName())
                .contains("jdk.JVMInformation");
        try (RecordingFile recording = new RecordingFile(file)) {
            assertThat(settingsOf(recording, "jdk.ThreadPark")).contains("threshold=1000 ns");
        }
    }

    private static List<String> settingsOf(RecordingFile recording, String name) throws Exception {
        long type = recording.readEventTypes().stream()
                .filter(event -> event.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getId();
        List<String> settings = new ArrayList<>();
        while (recording.hasMoreEvents()) {
            RecordedEvent event = recording.readEvent();
            if (event.getEventType().getName().equals("jdk.ActiveSetting") && event.getLong("id") == type) {
                settings.add(event.getString("name") + "=" + event.getString("value"));
            }
        }
        return settings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"seconds=0", "seconds=121", "seconds=ten", "seconds="})
    void profile_badSeconds_isABadRequest(String query) {
        block("pprof");

        Page page = server.page(USUAL + "/debug/pprof/profile", query).orElseThrow();

        assertThat(page.status()).isEqualTo(400);
        assertThat(new String(page.body(), StandardCharsets.UTF_8))
                .isEqualTo("bad seconds, expected a number from 1 to 120\n");
    }

    @Test
    void profile_whileAnotherIsMade_isAConflict() throws Exception {
        CompletableFuture<Page> first = new CompletableFuture<>();
        RecordingPage page = new RecordingPage(recorder, Optional.empty());
        Thread.ofPlatform().start(() -> first.complete(page.get("seconds=120")));
        while (!recorder.isRecording()) {
            Thread.onSpinWait();
        }

        assertThat(page.get("seconds=1").status()).isEqualTo(409);

        recorder.close();
        Page ended = first.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(ended.status()).isEqualTo(503);
        assertThat(new String(ended.body(), StandardCharsets.UTF_8)).contains("the server is stopping");
    }

    @Test
    void record_afterClose_isEmpty() throws Exception {
        recorder.close();

        assertThat(recorder.record(Duration.ofSeconds(1), Optional.empty())).isEmpty();
    }

    @Test
    void setup_twoBlocks_shareOneRecorder() {
        FakeBlock first = block("pprof");
        FakeBlock second = new FakeBlock(server, ".:53 {\npprof\n}\n", first, new PprofPlugin());

        assertThat(first.problems()).isEmpty();
        assertThat(second.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    pprof;pprof                | 3:1  | 'pprof' given twice, expected once per server block
                    pprof :6060 :6061          | 2:13 | wrong number of arguments for 'pprof', expected 0 to 1
                    pprof 6060                 | 2:7  | 'pprof', expected an address with a port
                    pprof host:6060            | 2:7  | expected an IP address, 'localhost' or nothing in front of the port
                    pprof {;mutex;}            | 3:1  | unknown property 'mutex' of 'pprof', expected one of block
                    pprof {;block 1 2;}        | 3:9  | wrong number of arguments for 'block', expected 0 to 1
                    pprof {;block x;}          | 3:7  | 'block', expected an integer from 1 to 2147483647, got 'x'
                    pprof {;block 0;}          | 3:7  | 'block', expected an integer from 1 to 2147483647, got '0'
                    """)
    void setup_badValue_isReportedAtItsPlace(String directive, String position, String message) {
        assertThat(block(directive).problems())
                .singleElement()
                .asString()
                .startsWith("Corefile:" + position + ": ")
                .contains(message);
    }
}
