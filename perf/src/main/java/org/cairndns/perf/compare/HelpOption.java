package org.cairndns.perf.compare;

import picocli.CommandLine.Option;

/** The option that shows what a command takes. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;
}
