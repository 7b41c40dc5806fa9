package org.cairndns.perf.latency;

import org.cairndns.perf.compare.Contender;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code perf/latency}. */
@Command(
        name = "perf/latency",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Rates.class, Soak.class, Relist.class, Throttled.class, Loops.class},
        description = "What clients of Cairn wait for, beside CoreDNS.")
public final class Latency {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;

    private Latency() {}

    /** Runs a command and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Latency())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Contender.class, Contender::of)
                .execute(args));
    }
}
