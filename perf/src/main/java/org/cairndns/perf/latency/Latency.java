package org.cairndns.perf.latency;

import org.cairndns.perf.compare.Contender;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code perf/latency}. */
@Command(
        name = "perf/latency",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {Rates.class, Soak.class, Relist.class, Throttled.class, Loops.class},
        description = "What clients of Cairn wait for, beside CoreDNS.")
public final class Latency {
    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    private Latency() {}

    /** Runs a command and ends with its exit code. */
    public static void main(String[] args) {
        System.exit(Contender.run(new Latency(), args));
    }
}
