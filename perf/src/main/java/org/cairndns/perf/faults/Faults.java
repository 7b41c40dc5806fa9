package org.cairndns.perf.faults;

import org.cairndns.perf.compare.Contender;
import org.cairndns.server.option.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code perf/faults}. */
@Command(
        name = "perf/faults",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            Api.class,
            ApiGoneAtStart.class,
            Flood.class,
            Connections.class,
            Hostile.class,
            Lifecycle.class,
            Loss.class,
            SnapshotKill.class,
            Soak.class,
            Surrounded.class,
            Unanswered.class,
            Unplugged.class,
            UpstreamFaults.class
        },
        description = "Breaks what is around a server on purpose, and counts what clients see of it.")
public final class Faults {
    @Mixin
    @SuppressWarnings("UnusedVariable") // read by picocli
    private final HelpOption help = new HelpOption();

    private Faults() {}

    /** Runs a command and ends with its exit code: 0 if everything was as it should be, 1 if not. */
    public static void main(String[] args) {
        System.exit(Contender.run(new Faults(), args));
    }
}
