package org.cairndns.perf.container;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Looks at the memory of a container twenty times a second, and keeps the most of each figure. */
final class MemoryWatch implements AutoCloseable {
    private static final Duration GAP = Duration.ofMillis(50);

    private final ControlGroup group;
    private final Thread thread;
    private Optional<ContainerMemory> most = Optional.empty();
    private Optional<ContainerMemory> last = Optional.empty();

    MemoryWatch(ControlGroup group) {
        this.group = group;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
        try {
            while (true) {
                look();
                Thread.sleep(GAP);
            }
        } catch (InterruptedException | IOException e) {
            // Ended, or the container has.
            return;
        }
    }

    private void look() throws IOException {
        ContainerMemory now = group.memory();
        synchronized (this) {
            last = Optional.of(now);
            most = most.map(before -> before.max(now)).or(() -> last);
        }
    }

    /** The most since the last time that this was asked for, and how it is now, for readers. */
    synchronized String words() {
        String text = last.map(ContainerMemory::words).orElse("unknown") + ", since the line above at most "
                + most.map(ContainerMemory::words).orElse("unknown");
        most = Optional.empty();
        return text;
    }

    /** The most that it ever was, for readers. */
    synchronized String peak() {
        return last.map(ContainerMemory::peak).orElse("unknown");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
