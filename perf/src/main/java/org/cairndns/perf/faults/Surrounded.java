package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command {@code perf/faults surroundings}. */
@Command(
        name = "surroundings",
        sortOptions = false,
        description =
                "Everything around a server amiss at once: a wrong Corefile, no API, a kind that RBAC withholds, a "
                        + "resolv.conf that names the server itself and a loop, ports taken. Then an upstream appears.")
final class Surrounded extends FaultCommand {
    @Option(names = "--minutes", description = "How long all is amiss (default: ${DEFAULT-VALUE})")
    private double minutes = 10;

    @Option(names = "--rate", description = "Queries for cluster names per second (default: ${DEFAULT-VALUE})")
    private int rate = 200;

    @Mixin
    private final ClusterSize size = new ClusterSize();

    Surrounded() {
        super("surroundings");
    }

    @Override
    String title() {
        return "Everything around the server amiss for %s minutes: %s".formatted(minutes, size.words());
    }

    /** A resolv.conf knows no ports, so the server has to be at 53. */
    @Override
    boolean isPossible() {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), SurroundedRun.PORT))) {
            return socket.isBound();
        } catch (IOException e) {
            System.err.println("perf/faults surroundings: needs port 53 of 127.0.0.1: " + e.getMessage());
            return false;
        }
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        try (Stage stage = Stage.set(setting, size);
                SurroundedRun run = SurroundedRun.on(stage, setting, progress)) {
            for (Contender contender : EnumSet.copyOf(servers)) {
                if (contender == Contender.CAIRN) {
                    verdicts.addAll(run.cairn(minutes, rate));
                } else if (setting.coreDns.isPresent()) {
                    verdicts.addAll(run.coreDns(setting.coreDns.get()));
                }
            }
        }
        return verdicts;
    }
}
