package org.cairndns.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.cairndns.plugin.spi.Overview;

/** How a process went on since its start. Any thread. */
final class Course {
    private final LongSupplier nanoTime;
    private final long startedNanos;
    private final AtomicInteger reloads = new AtomicInteger();
    private final AtomicInteger failedReloads = new AtomicInteger();
    private volatile Run run;
    private volatile boolean ending;

    /** A configuration, and since when its Corefile runs. */
    private record Run(Configuration configuration, long sinceNanos) {}

    /** The process begins now, with nothing. */
    Course(LongSupplier nanoTime, Configuration nothing) {
        this.nanoTime = nanoTime;
        this.startedNanos = nanoTime.getAsLong();
        this.run = new Run(nothing, startedNanos);
    }

    /** A configuration runs, be it of the same Corefile as the one before. Under the lock of the server. */
    void runs(Configuration configuration) {
        boolean same = configuration.hash().equals(run.configuration.hash());
        run = new Run(configuration, same ? run.sinceNanos : nanoTime.getAsLong());
    }

    /** What runs. */
    Configuration running() {
        return run.configuration;
    }

    /** A reload is done; gives back whether it worked. */
    boolean reloaded(boolean worked) {
        (worked ? reloads : failedReloads).incrementAndGet();
        return worked;
    }

    /** The process is about to end. */
    void ends() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    /**
     * What is known.
     *
     * @param refused whether the Corefile on the disk was refused
     */
    Overview overview(boolean refused) {
        Run now = run;
        return new Overview(
                startedNanos,
                new Overview.Corefile(now.sinceNanos, reloads.get(), failedReloads.get(), refused),
                ending,
                now.configuration.blocks);
    }
}
