package org.cairndns.server.option;

import picocli.CommandLine.Option;

/** The option {@code --help} of a command, which shows what it takes. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit")
    @SuppressWarnings("UnusedVariable") // read by picocli
    private boolean help;
}
