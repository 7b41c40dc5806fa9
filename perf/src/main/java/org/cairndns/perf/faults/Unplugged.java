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
import org.cairndns.perf.load.Percentiles;
import org.cairndns.perf.sample.Upstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/faults unplugged}. */
@Command(
        name = "unplugged",
        sortOptions = false,
        description =
                "Names that were asked for before, while the only upstream is a black hole and their TTL is over: "
                        + "who is answered, how fast, and how soon with new data once it is back.")
final class Unplugged extends FaultCommand {
    private static final Duration TTL = Duration.ofSeconds(5);

    /** Until then a server may find out. */
    private static final int SETTLE_SECONDS = 3;

    private static final double MAX_P99_MILLIS = 10;
    private static final double MAX_WAIT_MILLIS = 2_000;
    private static final double MAX_RECOVERY_SECONDS = 6;

    @Option(names = "--seconds", description = "How long the upstream is away (default: ${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--rate", description = "Queries per second (default: ${DEFAULT-VALUE})")
    private int rate = 500;

    @Option(names = "--names", description = "Names that are known (default: ${DEFAULT-VALUE})")
    private int names = 2_000;

    Unplugged() {
        super("unplugged");
    }

    @Override
    String title() {
        return "%d names known, their TTL over, no upstream for %d seconds".formatted(names, seconds);
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        Path folder = Files.createTempDirectory("cairn-unplugged");
        try (Upstream upstream = Upstream.start(Duration.ZERO, TTL)) {
            Path queries = queries(folder);
            for (Contender contender : contenders()) {
                verdicts.addAll(run(contender, folder, queries, upstream));
            }
        } finally {
            Setting.delete(folder);
        }
        return verdicts;
    }

    private Path queries(Path folder) throws IOException {
        Path file = folder.resolve("queries");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < names; i++) {
                out.write("known" + i + ".example.net A\n");
            }
        }
        return file;
    }

    private List<Verdict> run(Contender contender, Path folder, Path queries, Upstream upstream)
            throws IOException, InterruptedException {
        try (Forwarder server = Forwarder.start(this, contender, folder, "127.0.0.1:" + upstream.port())) {
            server.load(queries, pace(names / rate + 1));
            FreshAnswer.await(server.port(), "last.example.net.", TTL);
            upstream.silent(true);
            FreshAnswer.pass(TTL.plusSeconds(1));
            LoadTally first = server.load(queries, pace(SETTLE_SECONDS));
            LoadTally rest = server.load(queries, pace(seconds));
            upstream.silent(false);
            double recovery = FreshAnswer.await(server.port(), "known0.example.net.", TTL);
            return verdicts(contender, first, rest, recovery);
        } finally {
            upstream.silent(false);
        }
    }

    private Pace pace(int howLong) {
        return new Pace(Arrivals.EVEN, rate, howLong, seed);
    }

    private static List<Verdict> verdicts(Contender contender, LoadTally first, LoadTally rest, double recovery) {
        Judge judge = new Judge(contender);
        Percentiles early = first.latency();
        judge.look(
                "first %d s, without answer or SERVFAIL".formatted(SETTLE_SECONDS),
                "0",
                "%d of %d, slowest %.0f ms".formatted(bad(first), first.asked(), early.maxMillis()),
                bad(first) == 0 && early.maxMillis() <= MAX_WAIT_MILLIS);
        judge.look("then, without answer or SERVFAIL", "0", bad(rest) + " of " + rest.asked(), bad(rest) == 0);
        double p99 = rest.latency().p99Millis();
        judge.look("then, p99", "at most 10 ms", "%.1f ms".formatted(p99), p99 <= MAX_P99_MILLIS);
        judge.look(
                "new data after the upstream is back",
                "within 6 s",
                "%.1f s".formatted(recovery),
                recovery <= MAX_RECOVERY_SECONDS);
        return judge.verdicts;
    }

    private static long bad(LoadTally tally) {
        return tally.lost() + tally.failed();
    }

    private record Judge(Contender contender, List<Verdict> verdicts) {
        Judge(Contender contender) {
            this(contender, new ArrayList<>());
        }

        void look(String what, String target, String seen, boolean isMet) {
            verdicts.add(Verdict.judged(contender.label(), what, target, seen, isMet));
        }
    }
}
