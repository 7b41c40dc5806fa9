package org.cairndns.perf.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs of benchmarks of this package with JMH, in a process of their own each. */
final class StepRun {
    private static final String PACKAGE = StepRun.class.getPackageName();
    private static final String REFERENCE = "ReferenceBenchmark.hash";
    private static final int WARM_UPS = 3;
    private static final int MEASUREMENTS = 4;

    private final PrintStream progress;

    StepRun(PrintStream progress) {
        this.progress = progress;
    }

    /** Runs all benchmarks. */
    StepFigures all() throws RunnerException {
        return run(new OptionsBuilder().include(Pattern.quote(PACKAGE) + ".*"));
    }

    /** Runs the benchmarks that these steps belong to, and the reference. */
    StepFigures only(Collection<String> steps) throws RunnerException {
        String benchmarks = steps.stream()
                .map(step -> Pattern.quote(PACKAGE + "." + step.split(" ")[0]))
                .distinct()
                .collect(Collectors.joining("|"));
        return run(new OptionsBuilder().include(benchmarks).include(Pattern.quote(PACKAGE + "." + REFERENCE)));
    }

    private StepFigures run(ChainedOptionsBuilder options) throws RunnerException {
        Collection<RunResult> results = new Runner(options.addProfiler(GCProfiler.class)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(MEASUREMENTS)
                        .measurementTime(TimeValue.seconds(1))
                        .forks(1)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        Map<String, StepFigures.Cost> steps = new TreeMap<>();
        for (RunResult result : results) {
            double nanos = result.getPrimaryResult().getScore();
            Result<?> octets = result.getSecondaryResults().get("gc.alloc.rate.norm");
            StepFigures.Cost cost = new StepFigures.Cost(nanos, octets == null ? 0 : Math.rint(octets.getScore()));
            steps.put(name(result.getParams()), cost);
        }
        steps.forEach((name, cost) ->
                progress.printf(Locale.ROOT, "%-70s %8.1f ns %6.0f octets%n", name, cost.nanos(), cost.octets()));
        StepFigures.Cost reference = steps.remove(REFERENCE);
        if (reference == null) {
            throw new RunnerException("the benchmark " + REFERENCE + " did not run");
        }
        return new StepFigures(reference.nanos(), steps);
    }

    /** Class and method with the values of all parameters. */
    private static String name(BenchmarkParams params) {
        String method = params.getBenchmark().substring(PACKAGE.length() + 1);
        return params.getParamsKeys().stream()
                .sorted()
                .map(key -> " " + key + "=" + params.getParam(key))
                .collect(Collectors.joining("", method, ""));
    }
}
