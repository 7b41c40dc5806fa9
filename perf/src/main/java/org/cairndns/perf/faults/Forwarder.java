package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Mix;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.OpenLoop;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.load.QueryPackets;

/** A server that does nothing but forward, with the cache of a stock Corefile. */
record Forwarder(RunningPeer server, PrintStream progress) implements AutoCloseable {
    /**
     * Starts a server, waits until it answers.
     *
     * @param upstreams as they stand behind {@code forward .}
     */
    static Forwarder start(FaultCommand command, Contender contender, Path folder, String upstreams)
            throws IOException, InterruptedException {
        Setting setting = command.setting;
        int port = Ports.free(1).getFirst();
        Path corefile = Files.writeString(folder.resolve("Corefile." + port), """
                .:%d {
                    bind 127.0.0.1
                    forward . %s
                    cache 30
                }
                """.formatted(port, upstreams));
        Path program = setting.program(contender);
        List<String> line = List.of(program.toString(), "-conf", corefile.toString());
        Peer peer = new Peer(contender.label(), line, port, 0, EnumSet.of(Mix.MISS));
        RunningPeer server = RunningPeer.start(peer, folder, setting.cores(), "start.example.net");
        return new Forwarder(server, command.progress);
    }

    int port() {
        return server.port();
    }

    /** Asks for the names of a query file of dnsperf. */
    LoadTally load(Path queries, Pace pace) throws IOException {
        progress.printf("%s: %d s of load%n", server.name(), pace.seconds());
        try (Arena arena = Arena.ofConfined()) {
            return OpenLoop.run(server.port(), QueryPackets.read(queries, arena), pace);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
