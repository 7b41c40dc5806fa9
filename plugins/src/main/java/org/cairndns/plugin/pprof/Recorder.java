package org.cairndns.plugin.pprof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/** Maker of flight recordings, one at a time; the recorder of the JVM is loaded by the first one. Any thread. */
final class Recorder implements AutoCloseable {
    /** Oldest events make room; a page is held in the heap. */
    private static final long MAX_OCTETS = 8L << 20;

    private final AtomicBoolean recording = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Records for a while, which blocks, and gives the recording as a file has it; empty while another one is made.
     *
     * @param block waits of threads are recorded from this time on, where it is given
     * @throws IOException if there is no room for temporary files
     */
    Optional<byte[]> record(Duration time, Optional<Duration> block) throws IOException {
        if (!recording.compareAndSet(false, true)) {
            return Optional.empty();
        }
        try {
            boolean stopping = closed.getCount() == 0;
            return stopping ? Optional.empty() : Optional.of(recordNow(time, block));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            recording.set(false);
        }
    }

    /** True while a recording is made. */
    boolean isRecording() {
        return recording.get();
    }

    private byte[] recordNow(Duration time, Optional<Duration> block) throws IOException, InterruptedException {
        Path file = Files.createTempFile("cairn", ".jfr");
        try (Recording flight = new Recording(Configuration.getConfiguration("profile"))) {
            flight.setMaxSize(MAX_OCTETS);
            block.ifPresent(threshold -> {
                flight.enable("jdk.JavaMonitorEnter").withThreshold(threshold);
                flight.enable("jdk.JavaMonitorWait").withThreshold(threshold);
                flight.enable("jdk.ThreadPark").withThreshold(threshold);
            });
            flight.start();
            boolean early = closed.await(time.toNanos(), TimeUnit.NANOSECONDS);
            flight.stop();
            if (early) {
                throw new IOException("the server is stopping");
            }
            flight.dump(file);
            return Files.readAllBytes(file);
        } catch (ParseException e) {
            throw new IOException("settings of the Java runtime: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Ends the recording under way. */
    @Override
    public void close() {
        closed.countDown();
    }
}
