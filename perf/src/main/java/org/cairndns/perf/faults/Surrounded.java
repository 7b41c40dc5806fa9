package org.cairndns.perf.faults;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
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
                "Everything around a server amiss at once: a wrong Corefile, no API, a kind that RBAC withholds and one "
                        + "that is not defined, a resolv.conf that names the server itself and a loop, an empty one, "
                        + "ports taken. Then an upstream appears, then all is mended.")
final class Surrounded extends FaultCommand {
    /** What takes the place of a file without upstreams. */
    private static final Path SYSTEM_FILE = Path.of("/run/systemd/resolve/resolv.conf");

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
        if (Files.exists(SYSTEM_FILE)) {
            System.err.println("perf/faults surroundings: the servers of " + SYSTEM_FILE + " would be asked");
            return false;
        }
        for (String address : List.of(SurroundedFiles.SELF, SurroundedFiles.STUB)) {
            try {
                new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), SurroundedFiles.DNS_PORT))
                        .close();
            } catch (IOException e) {
                System.err.println("perf/faults surroundings: needs port 53 of " + address + ": " + e.getMessage());
                return false;
            }
        }
        return true;
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
