package org.cairndns.perf.compare;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Starts of servers beside clusters of several sizes, as they go to the files. */
record FootprintReport(Map<String, String> facts, List<Start> starts) implements Report {
    private static final double KIB_PER_MIB = 1024;

    /** One row for each size and server with medians of its starts. */
    @Override
    public String markdown() {
        StringBuilder text = new StringBuilder("# Start and resident memory\n\n");
        facts.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

            Medians of the starts, each with a new process. Times run from the start of the process, for Cairn with its
            launcher; memory in MiB, resident and in parentheses the part of it that no file backs.

            | services | server | first answer | ready | idle | after load |
            |---:|---|---:|---:|---:|---:|
            """);
        Set<String> rows = new LinkedHashSet<>();
        for (Start start : starts) {
            rows.add(row(start.services(), start.server()));
        }
        rows.forEach(text::append);
        return text.toString();
    }

    private String row(int services, String server) {
        return String.format(
                Locale.ROOT,
                "| %,d | %s | %.2f s | %.2f s | %.1f (%.1f) | %.1f (%.1f) |%n",
                services,
                server,
                median(services, server, Start::answersAfterSeconds),
                median(services, server, Start::readyAfterSeconds),
                median(services, server, start -> start.idle().rssKib() / KIB_PER_MIB),
                median(services, server, start -> start.idle().anonKib() / KIB_PER_MIB),
                median(services, server, start -> start.loaded().rssKib() / KIB_PER_MIB),
                median(services, server, start -> start.loaded().anonKib() / KIB_PER_MIB));
    }

    private double median(int services, String server, ToDoubleFunction<Start> figure) {
        return Spread.of(starts.stream()
                        .filter(start ->
                                start.services() == services && start.server().equals(server))
                        .map(figure::applyAsDouble)
                        .toList())
                .median();
    }
}
