package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.cairndns.perf.compare.Contender;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.compare.Surroundings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that breaks something around servers: what is done before and after the breaking. */
abstract class FaultCommand implements Callable<Integer> {
    @Mixin
    final Setting setting = new Setting();

    @Option(
            names = "--servers",
            split = ",",
            description = "cairn, coredns, one after the other (default: both, CoreDNS where COREDNS is set)")
    Set<Contender> servers = Set.of(Contender.CAIRN, Contender.COREDNS);

    @Option(names = "--seed", description = "Seed of all that is left to chance (default: ${DEFAULT-VALUE})")
    long seed = 20261126;

    @Option(names = "--out", paramLabel = "FOLDER", description = "Where the results go (default: perf/results)")
    Path out = Path.of("");

    final PrintStream progress = System.out;
    private final String name;

    /**
     * @param name of the command; files of results are called {@code faults-NAME-DATE}
     */
    FaultCommand(String name) {
        this.name = name;
    }

    /** What is broken, in one sentence for readers of the results. */
    abstract String title();

    /** Breaks, and judges what came of it. Progress goes to {@link #progress}. */
    abstract List<Verdict> run() throws IOException, InterruptedException;

    /** Those of the wanted servers that are there, Cairn first. */
    final List<Contender> contenders() {
        return EnumSet.copyOf(servers).stream()
                .filter(contender -> contender == Contender.CAIRN || setting.coreDns.isPresent())
                .toList();
    }

    /** False, once the reason was printed, where this machine has not what it takes. */
    boolean isPossible() {
        return true;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        if (!setting.isComplete("perf/faults") || !isPossible()) {
            return 1;
        }
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.put("seed", Long.toString(seed));
        FaultReport report = new FaultReport(title(), facts, run());
        setting.results(out, "faults-" + name).write(report);
        progress.println(report.markdown());
        return report.isAsExpected() ? 0 : 1;
    }
}
