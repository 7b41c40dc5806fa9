package org.cairndns.perf.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cairndns.server.option.HelpOption;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code perf/bench-check}. */
@Command(
        name = "perf/bench-check",
        sortOptions = false,
        description = "Measure the steps of a query and fail where one became slower by more than 10 %% against the "
                + "baseline, or makes one more object. Takes about six minutes.")
public final class BenchCheck implements Callable<Integer> {
    /** Runs that a step gets before it counts as worse; a busy machine makes slow, nothing makes fast. */
    private static final int ATTEMPTS = 3;

    @Option(names = "--baseline", required = true, paramLabel = "FILE", description = "Figures to compare with")
    private Path baseline = Path.of("");

    @Option(names = "--update", description = "Write the figures of this run to the baseline instead")
    private boolean update;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    private final PrintStream out = System.out;
    private final JsonMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** Runs the command and ends with its exit code: 1 for a step that became worse. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new BenchCheck()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        StepRun run = new StepRun(out);
        if (update) {
            Files.writeString(baseline, json.writeValueAsString(run.all()) + "\n");
            out.println("written: " + baseline);
            return 0;
        }
        StepFigures before = json.readValue(Files.readString(baseline), StepFigures.class);
        Map<String, String> worse = worse(run, before);
        worse.values().forEach(out::println);
        out.println(worse.isEmpty() ? "no step became worse" : worse.size() + " steps became worse");
        return worse.isEmpty() ? 0 : 1;
    }

    private Map<String, String> worse(StepRun run, StepFigures before) throws RunnerException {
        StepFigures now = run.all();
        Map<String, String> worse = now.regressionsSince(before);
        for (int attempt = 2; attempt <= ATTEMPTS && !worse.isEmpty(); attempt++) {
            out.println("again, to tell a worse step from a busy machine: " + worse.size() + " steps");
            now = now.bestOf(run.only(worse.keySet()));
            worse = now.regressionsSince(before);
        }
        return worse;
    }
}
