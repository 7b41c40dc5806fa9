package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.cairndns.perf.sample.Upstream;

/** Changes of the Corefile and faults of an upstream, each at its own distance in time, until it is closed. */
final class SoakEvents implements AutoCloseable {
    /** The part of the time between two faults for which one lasts. */
    private static final int PART = 4;

    private final SoakCorefile corefile;
    private final Path file;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("events").factory());
    private final AtomicInteger reloads = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();

    SoakEvents(SoakCorefile corefile, Path file) {
        this.corefile = corefile;
        this.file = file;
    }

    /** Lets them begin; gives this. */
    SoakEvents start(int reloadSeconds, int faultSeconds) {
        clock.scheduleAtFixedRate(this::changeCorefile, reloadSeconds, reloadSeconds, TimeUnit.SECONDS);
        long everyMillis = TimeUnit.SECONDS.toMillis(faultSeconds);
        clock.scheduleAtFixedRate(this::beginFault, everyMillis / 2, everyMillis, TimeUnit.MILLISECONDS);
        clock.scheduleAtFixedRate(
                this::endFault, everyMillis / 2 + everyMillis / PART, everyMillis, TimeUnit.MILLISECONDS);
        return this;
    }

    private void changeCorefile() {
        try {
            Path next = Files.writeString(
                    file.resolveSibling(file.getFileName() + ".next"), corefile.text(reloads.incrementAndGet()));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.err.println("soak: " + e);
        }
    }

    private void beginFault() {
        upstream().silent(true);
    }

    private void endFault() {
        upstream().silent(false);
        faults.incrementAndGet();
    }

    /** They take turns. */
    private Upstream upstream() {
        return corefile.upstreams().get(faults.get() % corefile.upstreams().size());
    }

    /** Changes of the Corefile so far. */
    int reloads() {
        return reloads.get();
    }

    /** Faults so far that are over. */
    int faults() {
        return faults.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
