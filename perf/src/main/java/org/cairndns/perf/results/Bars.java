package org.cairndns.perf.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.cairndns.perf.compare.Spread;
import org.cairndns.perf.plot.BarChart;
import tools.jackson.databind.JsonNode;

/** Bars of results: the median of runs of one server, with a whisker from the smallest to the largest. */
final class Bars {
    private static final double KIB_PER_MIB = 1024;

    private Bars() {}

    static String answersPerCpuSecond(JsonNode rounds) {
        return chart(
                "Answers per second of the server's processor time",
                "answers per CPU second: median, smallest and largest round",
                rounds,
                round -> round.get("mix").asString(),
                round -> round.get("answers").asDouble()
                        / round.get("cpuSeconds").asDouble());
    }

    static String memory(JsonNode memory) {
        return chart(
                "Resident memory",
                "MiB",
                memory,
                use -> use.get("moment").asString(),
                use -> use.get("rssKib").asDouble() / KIB_PER_MIB);
    }

    static String ready(JsonNode starts) {
        return chart(
                "From the start of the process to ready",
                "s",
                starts,
                start -> start.get("services").asString() + " services",
                start -> start.get("readyAfterSeconds").asDouble());
    }

    static String memoryBySize(JsonNode starts) {
        return chart(
                "Resident memory after load",
                "MiB",
                starts,
                start -> start.get("services").asString() + " services",
                start -> start.get("loaded").get("rssKib").asDouble() / KIB_PER_MIB);
    }

    private static String chart(
            String title,
            String unit,
            JsonNode runs,
            Function<JsonNode, String> group,
            ToDoubleFunction<JsonNode> figure) {
        Map<String, Map<String, List<JsonNode>>> groups = new LinkedHashMap<>();
        for (JsonNode run : runs) {
            groups.computeIfAbsent(group.apply(run), name -> new LinkedHashMap<>())
                    .computeIfAbsent(run.get("server").asString(), name -> new ArrayList<>())
                    .add(run);
        }
        List<BarChart.Group> drawn = new ArrayList<>();
        groups.forEach((name, byServer) -> {
            List<BarChart.Bar> bars = new ArrayList<>();
            byServer.forEach((server, mine) -> bars.add(bar(server, mine, figure)));
            drawn.add(new BarChart.Group(name, bars));
        });
        return new BarChart(title, unit, drawn).svg();
    }

    private static BarChart.Bar bar(String server, List<JsonNode> runs, ToDoubleFunction<JsonNode> figure) {
        Spread spread = spread(runs, figure);
        return new BarChart.Bar(server, spread.median(), spread.min(), spread.max());
    }

    /** The median of a figure over runs. */
    static double median(List<JsonNode> runs, ToDoubleFunction<JsonNode> figure) {
        return spread(runs, figure).median();
    }

    private static Spread spread(List<JsonNode> runs, ToDoubleFunction<JsonNode> figure) {
        return Spread.of(runs.stream().map(figure::applyAsDouble).toList());
    }
}
