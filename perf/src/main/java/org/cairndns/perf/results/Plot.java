package org.cairndns.perf.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command {@code perf/plot}. */
@Command(name = "perf/plot", description = "Draw the figures of result files as SVG, beside them.")
public final class Plot implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Results of a command of perf, as JSON")
    private List<Path> files = new ArrayList<>();

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    /** Runs the command and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Plot()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        for (Path file : files) {
            JsonNode results = JsonMapper.shared().readTree(Files.readString(file));
            Map<String, String> plots = ResultPlots.of(results);
            if (plots.isEmpty()) {
                System.err.println("perf/plot: " + file + " has nothing to draw");
                return 1;
            }
            String stem = file.getFileName().toString().replaceFirst("\\.json$", "");
            for (Map.Entry<String, String> plot : plots.entrySet()) {
                Path picture = file.resolveSibling(stem + "-" + plot.getKey() + ".svg");
                Files.writeString(picture, plot.getValue());
                System.out.println(picture);
            }
        }
        return 0;
    }
}
