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

/** Clients that ask at a steady rate until they are told to stop, each query of a second from a port of its own. */
public final class SteadyClients {
    private static final int PIECE_SECONDS = 1;

    private final InetSocketAddress server;
    private final Path queries;
    private final int ratePerSecond;
    private final CompletableFuture<Result> done;
    private volatile boolean ending;

    /**
     * What they saw.
     *
     * @param failed answers that say the server failed or refused
     * @param slowestMillis the longest wait for an answer
     */
    public record Result(long asked, long lost, long failed, double slowestMillis) {
        private Result plus(LoadTally more) {
            return new Result(
                    asked + more.asked(),
                    lost + more.lost(),
                    failed + more.failed(),
                    Math.max(slowestMillis, more.latency().maxMillis()));
        }

        /** For readers. */
        public String words() {
            return "%d of %,d lost, %d failed, slowest %.0f ms".formatted(lost, asked, failed, slowestMillis);
        }
    }

    private SteadyClients(Optional<Path> network, InetSocketAddress server, Path queries, int ratePerSecond) {
        this.server = server;
        this.queries = queries;
        this.ratePerSecond = ratePerSecond;
        this.done = CompletableFuture.supplyAsync(
                () -> ask(network), task -> Thread.ofPlatform().daemon().start(task));
    }

    /**
     * Starts to ask one address on a node.
     *
     * @param queries as dnsperf takes them
     */
    public static SteadyClients start(ServiceAddress service, Path queries, int ratePerSecond) {
        InetSocketAddress server = new InetSocketAddress(ServiceAddress.ADDRESS, Probe.DNS_PORT);
        return new SteadyClients(Optional.of(service.network()), server, queries, ratePerSecond);
    }

    /** The same for a server that is reached from here. */
    static SteadyClients start(InetSocketAddress server, Path queries, int ratePerSecond) {
        return new SteadyClients(Optional.empty(), server, queries, ratePerSecond);
    }

    private Result ask(Optional<Path> network) {
        Result result = new Result(0, 0, 0, 0);
        try (Arena arena = Arena.ofConfined()) {
            if (network.isPresent()) {
                OpenLoop.enterNetwork(network.get());
            }
            QueryPackets packets = QueryPackets.read(queries, arena);
            for (int piece = 1; !ending; piece++) {
                Pace pace = new Pace(Arrivals.EVEN, ratePerSecond, PIECE_SECONDS, piece);
                Clients clients = new Clients(ratePerSecond * PIECE_SECONDS, 0);
                result = result.plus(OpenLoop.run(server, packets, pace, clients));
            }
            return result;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    /** Has them stop; what they saw. */
    public Result stop() throws IOException {
        ending = true;
        try {
            return done.join();
        } catch (CompletionException e) {
            throw new IOException(e.getCause());
        }
    }
}
