package org.cairndns.perf.container;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.Clients;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;

/** Clients that ask at a steady rate until they are told to stop, each query of a second from another port. */
public final class SteadyClients {
    /** Behind the address of a Service: longer than a node remembers where it has led a port. */
    private static final int PORT_SILENT_SECONDS = 12;

    private static final int LONGEST_SECONDS = 3600;

    private final InetSocketAddress server;
    private final Path queries;
    private final int ratePerSecond;
    private final CompletableFuture<LoadTally> done;
    private final CompletableFuture<Boolean> asking = new CompletableFuture<>();
    private volatile boolean ending;

    /**
     * What they saw.
     *
     * @param failed answers that say the server failed or refused
     * @param slowestMillis the longest wait for an answer
     */
    public record Result(long asked, long lost, long failed, double slowestMillis) {
        /** For readers. */
        public String words() {
            return "%d of %,d lost, %d failed, slowest %.0f ms".formatted(lost, asked, failed, slowestMillis);
        }
    }

    private SteadyClients(Optional<Path> network, InetSocketAddress server, Path queries, int ratePerSecond) {
        int portSilentSeconds = network.isPresent() ? PORT_SILENT_SECONDS : 1;
        this.server = server;
        this.queries = queries;
        this.ratePerSecond = ratePerSecond;
        this.done = CompletableFuture.supplyAsync(
                () -> ask(network, new Clients(ratePerSecond * portSilentSeconds, 0)),
                task -> Thread.ofPlatform().daemon().start(task));
    }

    /**
     * Starts to ask one address on a node.
     *
     * @param queries as dnsperf takes them
     */
    public static SteadyClients start(ServiceAddress service, Path queries, int ratePerSecond) {
        InetSocketAddress server = new InetSocketAddress(ServiceAddress.ADDRESS, Probe.DNS_PORT);
        return new SteadyClients(Optional.of(service.network()), server, queries, ratePerSecond).awaited();
    }

    /** The same for a server that is reached from here. */
    static SteadyClients start(InetSocketAddress server, Path queries, int ratePerSecond) {
        return new SteadyClients(Optional.empty(), server, queries, ratePerSecond).awaited();
    }

    private LoadTally ask(Optional<Path> network, Clients clients) {
        try (Arena arena = Arena.ofConfined()) {
            if (network.isPresent()) {
                OpenLoop.enterNetwork(network.get());
            }
            QueryPackets packets = QueryPackets.read(queries, arena);
            Pace pace = new Pace(Arrivals.EVEN, ratePerSecond, LONGEST_SECONDS, 1);
            return OpenLoop.steady(server, packets, pace, clients, this::isEnding);
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private boolean isEnding() {
        asking.complete(true);
        return ending;
    }

    /** Comes back once they ask, or cannot. */
    private SteadyClients awaited() {
        CompletableFuture.anyOf(asking, done.handle((tally, failure) -> true)).join();
        return this;
    }

    /** Has them stop; what they saw. */
    public Result stop() throws IOException {
        ending = true;
        try {
            LoadTally tally = done.join();
            return new Result(
                    tally.asked(), tally.lost(), tally.failed(), tally.latency().maxMillis());
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }
}
