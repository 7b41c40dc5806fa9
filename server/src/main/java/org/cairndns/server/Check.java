package org.cairndns.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cairndns.corefile.Problem;
import org.cairndns.corefile.Severity;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code cairn check}: says what a start would say to Corefiles, without starting anything. */
@Command(
        name = "check",
        description = "Say what a start would say to these Corefiles, without starting anything.",
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every file would be taken",
            "1:a file would not be taken",
            "2:the command line is wrong",
            "3:with --strict, every file would be taken but one with a warning"
        })
final class Check implements Callable<Integer> {
    private static final int TAKEN = 0;
    private static final int REFUSED = 1;
    private static final int WARNED = 3;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Corefiles; '-' or 'stdin' is standard input; of a folder its file 'Corefile'")
    private List<String> files = new ArrayList<>();

    @Option(names = "--json", description = "Write one JSON object instead of lines")
    private boolean json;

    @Option(names = "--strict", description = "Exit with 3 where a start would log a warning")
    private boolean strict;

    @Option(
            names = "--elsewhere",
            description = "The files are for another machine: what this one lacks is shown but not judged")
    private boolean elsewhere;

    @Option(
            names = {"-p", "--dns.port", "-dns.port"},
            paramLabel = "PORT",
            description = "Port of server blocks that name none (default: ${DEFAULT-VALUE})")
    private int port = 53;

    @Mixin
    private final PluginOptions plugins;

    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    private final Map<String, String> environment;
    private final InputStream in;
    private final PrintStream out;

    Check(Map<String, String> environment, PluginOptions plugins, InputStream in, PrintStream out) {
        this.environment = environment;
        this.plugins = plugins;
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        // What plugins log is what they also report as a problem, or belongs to a server that runs.
        LogFormat.silence();
        CorefileCheck check;
        try {
            check = new CorefileCheck(plugins.load(System.err::println), port);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            return REFUSED;
        }
        List<CheckReport> reports = new ArrayList<>();
        for (String file : files) {
            String name = nameOf(file);
            reports.add(check.check(name, CorefileLoader.of(Optional.of(name), environment, in)));
        }
        if (json) {
            out.print(CheckJson.of(reports));
        } else {
            reports.forEach(this::print);
        }
        out.flush();
        return code(reports);
    }

    private static String nameOf(String file) {
        if (file.equals("-")) {
            return "stdin";
        }
        return Files.isDirectory(Path.of(file))
                ? Path.of(file).resolve("Corefile").toString()
                : file;
    }

    private int code(List<CheckReport> reports) {
        if (!reports.stream().allMatch(this::isTaken)) {
            return REFUSED;
        }
        return strict && reports.stream().anyMatch(CheckReport::warns) ? WARNED : TAKEN;
    }

    private boolean isTaken(CheckReport report) {
        return elsewhere ? report.startsElsewhere() : report.starts();
    }

    private void print(CheckReport report) {
        for (Problem problem : report.problems()) {
            out.println(problem.position() + ": " + problem.severity().text() + ": " + problem.text());
        }
        out.println(report.file() + ": " + (isTaken(report) ? "would be taken" : "would not be taken") + count(report));
        report.notTried().forEach(line -> out.println("  not tried: " + line));
    }

    private static String count(CheckReport report) {
        StringBuilder text = new StringBuilder();
        for (Severity severity : Severity.values()) {
            long count = report.problems().stream()
                    .filter(problem -> problem.severity() == severity)
                    .count();
            if (count > 0) {
                text.append(", ").append(severity.counted(count));
            }
        }
        return text.toString();
    }
}
