package org.cairndns.perf.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Peer;
import org.cairndns.perf.compare.Ports;
import org.cairndns.perf.compare.RunningPeer;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.faults.hostile.HostileRun;
import org.cairndns.perf.faults.hostile.HostileSetup;
import org.cairndns.perf.faults.hostile.HostileTally;
import org.cairndns.perf.faults.hostile.HostileUpstream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code perf/faults hostile}. */
@Command(
        name = "hostile",
        description = "Mutated queries over UDP and TCP at Cairn with paranoid leak detection, mutated answers of its "
                + "upstream: each reply proper, with the RCODE that an oracle of its own says, or none.")
final class Hostile extends FaultCommand {
    /** What a line of the log has when something was not foreseen, or a buffer lost. */
    private static final Pattern FAILURE =
            Pattern.compile("LEAK|Recovered from|[a-z]Exception\\b|[a-z]Error\\b|Throwable|^\\s+at [a-z]");

    private static final int ROUNDS = 10;

    @Option(names = "--datagrams", description = "Mutated queries over UDP (default: ${DEFAULT-VALUE})")
    int datagrams = 700_000;

    @Option(names = "--streamed", description = "Mutated queries over TCP (default: ${DEFAULT-VALUE})")
    int streamed = 300_000;

    @Option(names = "--answers", description = "Queries that the upstream answers badly (default: ${DEFAULT-VALUE})")
    int answers = 100_000;

    @Option(
            names = "--sockets",
            description = "Sockets of the server: native, epoll or nio (default: ${DEFAULT-VALUE})")
    String sockets = "native";

    Hostile() {
        super("hostile");
    }

    @Override
    String title() {
        return "Mutated queries and answers";
    }

    @Override
    List<Verdict> run() throws IOException, InterruptedException {
        List<Verdict> verdicts = new ArrayList<>();
        Path folder = Files.createTempDirectory("cairn-hostile");
        try (HostileUpstream upstream = HostileUpstream.start(seed)) {
            verdicts.addAll(attack(folder, upstream));
        } finally {
            Setting.delete(folder);
        }
        return verdicts;
    }

    private List<Verdict> attack(Path folder, HostileUpstream upstream) throws IOException, InterruptedException {
        List<Integer> ports = Ports.free(4);
        Path corefile = HostileSetup.write(folder, ports.getFirst(), upstream.port(), ports.subList(1, 4));
        List<String> command = List.of(
                "env",
                "CAIRN_JAVA_OPTIONS=-Dio.netty.leakDetection.level=paranoid",
                setting.launcher().toString(),
                "-sockets",
                sockets,
                "-conf",
                corefile.toString());
        Peer peer = new Peer(Contender.CAIRN.label(), command, ports.get(0), ports.get(2), Set.of());
        Attacked attacked = new Attacked();
        try (RunningPeer server = RunningPeer.start(peer, folder, setting.cores(), "web.default.svc.cluster.local")) {
            HostileRun run = new HostileRun(server.port(), upstream, seed);
            for (int round = 1; round <= ROUNDS; round++) {
                attacked.datagrams.add(run.datagrams(datagrams / ROUNDS));
                attacked.streams.add(run.streams(streamed / ROUNDS));
                attacked.answers.add(run.answers(answers / ROUNDS));
                attacked.rssKib.add(server.usage().rssKib());
                progress.printf(
                        "round %d of %d: %d faults, %d MiB resident%n",
                        round, ROUNDS, attacked.faultCount(), attacked.rssKib.getLast() / 1024);
            }
            attacked.panics = MetricsPage.sum(MetricsPage.read(ports.get(3)), "coredns_panics_total");
        }
        attacked.failures = Files.readAllLines(folder.resolve(peer.name() + ".log")).stream()
                .filter(line -> FAILURE.matcher(line).find())
                .toList();
        return attacked.verdicts();
    }

    /** What came of it. */
    private final class Attacked {
        final List<HostileTally> datagrams = new ArrayList<>();
        final List<HostileTally> streams = new ArrayList<>();
        final List<HostileTally> answers = new ArrayList<>();
        final List<Long> rssKib = new ArrayList<>();
        List<String> failures = List.of();
        double panics;

        long faultCount() {
            return faults(datagrams) + faults(streams) + faults(answers);
        }

        private long faults(List<HostileTally> tallies) {
            return tallies.stream().mapToLong(HostileTally::faultCount).sum();
        }

        List<Verdict> verdicts() {
            failures.stream().limit(20).forEach(progress::println);
            List<Verdict> verdicts = new ArrayList<>();
            verdicts.add(replies("mutated queries over UDP", datagrams));
            verdicts.add(replies("mutated queries over TCP", streams));
            verdicts.add(replies("queries with mutated answers of the upstream", answers));
            long leaks = failures.stream().filter(line -> line.contains("LEAK")).count();
            verdicts.add(met("lines of the log that tell of an exception", "0", failures.size() - leaks));
            verdicts.add(met("buffers lost, paranoid detection", "0", leaks));
            verdicts.add(met("failures of handlers by coredns_panics_total", "0", Math.round(panics)));
            // It goes up and down with collections of garbage; only its peaks say whether it grows.
            long before = Collections.max(rssKib.subList(0, ROUNDS / 2));
            long after = Collections.max(rssKib.subList(ROUNDS / 2, ROUNDS));
            verdicts.add(Verdict.of(
                    "cairn",
                    "largest resident memory in the first and in the second half",
                    "at most 5 % more",
                    "%d and %d MiB".formatted(before / 1024, after / 1024),
                    after <= before * 1.05));
            return verdicts;
        }

        private Verdict replies(String what, List<HostileTally> tallies) {
            tallies.stream().flatMap(tally -> tally.faults().stream()).limit(20).forEach(progress::println);
            long sent = tallies.stream().mapToLong(HostileTally::sentCount).sum();
            long good = tallies.stream().mapToLong(HostileTally::goodCount).sum();
            long unreadable =
                    tallies.stream().mapToLong(HostileTally::unreadableCount).sum();
            long faults = faults(tallies);
            String passed = unreadable == 0 ? "" : "; RDATA passed on that dnsjava does not take: " + unreadable;
            return Verdict.of(
                    "cairn",
                    "%,d %s, %,d good ones between them".formatted(sent, what, good),
                    "each answered as it must be",
                    faults + " wrong" + passed,
                    faults == 0 && good > 0);
        }

        private Verdict met(String what, String target, long seen) {
            return Verdict.of("cairn", what, target, String.valueOf(seen), seen == 0);
        }
    }
}
