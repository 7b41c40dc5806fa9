package org.cairndns.perf.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** What a server says of the things that are amiss around it, in metrics and log. */
final class SurroundedStates {
    private static final String METRIC = "cairn_condition{";

    /**
     * Something that is amiss.
     *
     * @param condition name, and the begin of the subject where there are several
     * @param line part of the one line in the log
     */
    private record State(String condition, String subject, String line) {}

    private final int metricsPort;
    private final List<State> lasting;

    SurroundedStates(SurroundedFiles files) {
        this.metricsPort = files.metrics();
        String lan = files.lanResolvConf().toString();
        this.lasting = List.of(
                new State("corefile_rejected", "", "was refused, the last one that was taken runs in its place"),
                new State("api_unreachable", "", "plugin/kubernetes: Kubernetes API: "),
                new State("api_forbidden", "", "endpointslices: the API does not allow"),
                new State("api_kind_missing", "", "serviceimports: the API has no such kind"),
                new State("upstream_is_self", "127.0.0.1:53", "upstream 127.0.0.1:53 is this server itself"),
                new State("upstream_is_self", "127.0.0.53:53", "upstream 127.0.0.53:53 is this server itself"),
                new State("upstream_loops", "127.0.0.78:53", "upstream 127.0.0.78:53 is left out. Loop"),
                new State("resolv_conf_unusable", lan, "file '" + lan + "' names no server"),
                taken(files.health()),
                taken(files.lanMetrics()));
    }

    private static State taken(int port) {
        String subject = "http://127.0.0.1:" + port;
        return new State("port_taken", subject, "listen " + subject);
    }

    /**
     * How often each is named, and that nothing else is.
     *
     * @param progress where lines go if there is not one
     */
    List<Verdict> verdicts(List<String> log, PrintStream progress) throws IOException {
        List<String> page = named();
        List<Verdict> verdicts = new ArrayList<>();
        for (State state : lasting) {
            String where = state.subject().substring(state.subject().lastIndexOf('/') + 1);
            long series = page.stream().filter(line -> is(line, state)).count();
            List<String> lines = log.stream()
                    .filter(line -> line.startsWith("[WARNING]") && line.contains(state.line()))
                    .toList();
            if (lines.size() > 1) {
                lines.forEach(progress::println);
            }
            verdicts.add(Verdict.of(
                    "cairn",
                    ("named: " + state.condition() + " " + where).strip(),
                    "in one series, one line",
                    "%d series, %d lines".formatted(series, lines.size()),
                    series == 1 && lines.size() == 1));
        }
        List<String> others = page.stream()
                .filter(line -> lasting.stream().noneMatch(state -> is(line, state)))
                .toList();
        verdicts.add(Verdict.of("cairn", "named besides", "nothing", words(others), others.isEmpty()));
        return verdicts;
    }

    /** The series of what is amiss. */
    List<String> named() throws IOException {
        return MetricsPage.read(metricsPort)
                .lines()
                .filter(line -> line.startsWith(METRIC) && line.endsWith(" 1.0"))
                .toList();
    }

    /** Series for a reader. */
    static String words(List<String> series) {
        return series.isEmpty() ? "nothing" : String.join(", ", series);
    }

    private static boolean is(String line, State state) {
        return line.startsWith(METRIC + "condition=\"" + state.condition() + "\"")
                && line.contains("subject=\"" + state.subject());
    }
}
