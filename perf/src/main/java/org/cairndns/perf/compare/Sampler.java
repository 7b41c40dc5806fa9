package org.cairndns.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A thread that looks at a server once a second while it is under load. */
public final class Sampler implements AutoCloseable {
    private final RunningPeer peer;
    private final Thread thread;

    /** Guarded by this. */
    private final List<Look> looks = new ArrayList<>();

    /**
     * What the system says of a server at some moment.
     *
     * @param nanoTime when that was
     * @param waitedMillis as {@link Waited} counts it, since the start of the server
     */
    public record Look(long nanoTime, Usage usage, double waitedMillis) {}

    private Sampler(RunningPeer peer) {
        this.peer = peer;
        this.thread = Thread.ofPlatform().name("sampler").daemon().unstarted(this::run);
    }

    /** Starts to look. */
    public static Sampler start(RunningPeer peer) throws IOException {
        Sampler sampler = new Sampler(peer);
        sampler.look();
        sampler.thread.start();
        return sampler;
    }

    private void run() {
        try {
            while (!Thread.interrupted()) {
                TimeUnit.SECONDS.sleep(1);
                look();
            }
        } catch (InterruptedException e) {
            // Closed.
            return;
        } catch (IOException e) {
            System.err.println("sampler: " + e.getMessage());
        }
    }

    private void look() throws IOException {
        Look look = new Look(System.nanoTime(), peer.usage(), Waited.millis(peer.pid()));
        synchronized (this) {
            looks.add(look);
        }
    }

    /** Everything seen so far, in order; the first is from the start. */
    public synchronized List<Look> looks() {
        return List.copyOf(looks);
    }

    /** The most resident memory seen so far in KiB. */
    public long peakRssKib() {
        return looks().stream().mapToLong(look -> look.usage().rssKib()).max().orElse(0);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
