package org.cairndns.perf.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.load.Arrivals;
import org.cairndns.perf.load.LoadTally;
import org.cairndns.perf.load.Pace;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/faults upstreams}. */
@Command(
        name = "upstreams",
        sortOptions = false,
        description =
                "Names that no cache knows, while one of two upstreams is a black hole or stalls in TLS, or both are "
                        + "dead: latency, failures, packets, recovery.")
final class UpstreamFaults extends FaultCommand {
    private static final Duration TTL = Duration.ofHours(1);
    private static final int SECONDS_PER_MINUTE = 60;

    @Option(names = "--seconds", description = "Length of each load (default: ${DEFAULT-VALUE})")
    private int seconds = 30;

    @Option(names = "--minutes", description = "How long both are dead (default: ${DEFAULT-VALUE})")
    private double minutes = 5;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 500;

    @Option(names = "--delay", description = "Milliseconds that an upstream takes (default: ${DEFAULT-VALUE})")
    private int delayMillis = 20;

    private int files;

    UpstreamFaults() {
        super("upstreams");
    }

    @Override
    String title() {
        return "One of two upstreams a black hole, one stalling in TLS, both dead for %s minutes, at %d misses a second"
                .formatted(minutes, rate);
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        Path folder = Files.createTempDirectory("cairn-upstreams");
        try (Upstream first = Upstream.start(Duration.ofMillis(delayMillis), TTL);
                Upstream second = Upstream.start(Duration.ofMillis(delayMillis), TTL);
                TlsStall stall = TlsStall.start()) {
            for (Contender contender : contenders()) {
                verdicts.addAll(run(contender, folder, List.of(first, second), stall));
            }
        } finally {
            Setting.delete(folder);
        }
        return verdicts;
    }

    private List<Verdict> run(Contender contender, Path folder, List<Upstream> upstreams, TlsStall stall)
            throws IOException, InterruptedException {
        UpstreamFindings findings = new UpstreamFindings(contender);
        Upstream first = upstreams.getFirst();
        Upstream second = upstreams.getLast();
        String both = "127.0.0.1:" + first.port() + " 127.0.0.1:" + second.port();
        try (Forwarder server = Forwarder.start(this, contender, folder, both)) {
            findings.healthy(load(server, folder, seconds));
            long before = first.queries() + second.queries();
            first.silent(true);
            LoadTally tally = load(server, folder, seconds);
            findings.oneBad("one is a black hole", tally, first.queries() + second.queries() - before);
            first.silent(false);
        }
        String stalling = "tls://127.0.0.1:" + stall.port() + " 127.0.0.1:" + second.port();
        try (Forwarder server = Forwarder.start(this, contender, folder, stalling)) {
            long before = second.queries() + stall.connections();
            LoadTally tally = load(server, folder, seconds);
            findings.oneBad("one stalls in TLS", tally, second.queries() + stall.connections() - before);
        }
        try (Forwarder server = Forwarder.start(this, contender, folder, both)) {
            upstreams.forEach(upstream -> upstream.silent(true));
            DeadUpstreams.Watch watch = new DeadUpstreams.Watch(upstreams);
            LoadTally tally = load(server, folder, (int) (minutes * SECONDS_PER_MINUTE));
            findings.bothDead(tally, watch.end(server.port()));
        } finally {
            upstreams.forEach(upstream -> upstream.silent(false));
        }
        return findings.verdicts();
    }

    private LoadTally load(Forwarder server, Path folder, int howLong) throws IOException {
        return server.load(misses(folder, howLong), new Pace(Arrivals.EVEN, rate, howLong, seed));
    }

    /** A file of names that nobody has asked for. */
    private Path misses(Path folder, int howLong) throws IOException {
        Path file = folder.resolve("misses");
        files++;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i <= rate * howLong; i++) {
                out.write("m" + i + "-" + files + ".example.net A\n");
            }
        }
        return file;
    }
}
