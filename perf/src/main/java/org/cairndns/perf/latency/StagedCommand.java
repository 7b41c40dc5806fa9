package org.cairndns.perf.latency;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cairndns.perf.compare.ClusterSize;
import org.cairndns.perf.compare.Report;
import org.cairndns.perf.compare.Setting;
import org.cairndns.perf.compare.Stage;
import org.cairndns.perf.compare.Surroundings;
import picocli.CommandLine.Mixin;

/** A command that measures servers beside a made-up cluster: what is done before and after the measuring. */
abstract class StagedCommand implements Callable<Integer> {
    @Mixin
    final Setting setting = new Setting();

    @Mixin
    final ClusterSize size;

    @Mixin
    final LoadOptions load = new LoadOptions();

    final PrintStream progress = System.out;
    private final String results;

    /**
     * @param results what the files of results are called, without the date
     * @param size what the cluster has unless options say otherwise
     */
    StagedCommand(String results, ClusterSize size) {
        this.results = results;
        this.size = size;
    }

    /** What is run, as a fact for readers of the figures. */
    abstract String run();

    /**
     * Measures.
     *
     * @param facts to be reported, more may be added
     */
    abstract Report measure(Stage stage, Map<String, String> facts) throws IOException, InterruptedException;

    /** False, once the reason was printed, where this machine has not what it takes. */
    boolean isPossible() {
        return true;
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        if (!setting.isComplete("perf/latency") || !isPossible()) {
            return 1;
        }
        Map<String, String> facts = Surroundings.facts(setting.home, setting.coreDns);
        facts.put("cluster", size.words());
        facts.put("run", run() + ", " + load.words());
        Report report;
        try (Stage stage = Stage.set(setting, size)) {
            report = measure(stage, facts);
        }
        setting.results(load.out, results).write(report);
        progress.println(report.markdown());
        return 0;
    }
}
