package org.cairndns.perf.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cairndns.perf.plot.Axis;
import org.cairndns.perf.plot.LineChart;
import org.cairndns.perf.plot.Series;
import tools.jackson.databind.JsonNode;

/** The plots that belong to results, by the end of their file names. What results are, their members tell. */
final class ResultPlots {
    private static final double KIB_PER_MIB = 1024;
    private static final List<String> PERCENTILES =
            List.of("p50Millis", "p99Millis", "p999Millis", "p9999Millis", "maxMillis");
    private static final List<String> PERCENTILE_NAMES = List.of("p50", "p99", "p99.9", "p99.99", "longest");

    private ResultPlots() {}

    /** Plots by name, none if there is nothing to draw. */
    static Map<String, String> of(JsonNode results) {
        Map<String, String> plots = new LinkedHashMap<>();
        if (results.has("rounds")) {
            plots.put("cpu", Bars.answersPerCpuSecond(results.get("rounds")));
        }
        if (results.has("memory")) {
            plots.put("memory", Bars.memory(results.get("memory")));
        }
        if (results.has("starts")) {
            plots.put("ready", Bars.ready(results.get("starts")));
            plots.put("memory", Bars.memoryBySize(results.get("starts")));
        }
        JsonNode runs = results.path("runs");
        if (runs.path(0).has("seconds")) {
            plots.put("pauses", pauses(runs));
            plots.put("memory", memoryInTime(runs));
        } else if (runs.path(0).has("latency")) {
            plots.putAll(percentiles(runs));
        }
        return plots;
    }

    /** One plot for each mix and rate. */
    private static Map<String, String> percentiles(JsonNode runs) {
        Map<String, Map<String, List<JsonNode>>> plots = new LinkedHashMap<>();
        for (JsonNode run : runs) {
            String plot =
                    run.get("mix").asString() + "-" + run.get("ratePerSecond").asInt();
            plots.computeIfAbsent(plot, name -> new LinkedHashMap<>())
                    .computeIfAbsent(run.get("server").asString(), name -> new ArrayList<>())
                    .add(run);
        }
        Map<String, String> pictures = new LinkedHashMap<>();
        plots.forEach((name, byServer) -> pictures.put(name, percentiles(byServer)));
        return pictures;
    }

    private static String percentiles(Map<String, List<JsonNode>> byServer) {
        List<Series> series = new ArrayList<>();
        byServer.forEach((server, runs) -> {
            List<Series.Point> points = new ArrayList<>();
            for (int i = 0; i < PERCENTILES.size(); i++) {
                String figure = PERCENTILES.get(i);
                points.add(new Series.Point(
                        i,
                        Bars.median(runs, run -> run.get("latency").get(figure).asDouble())));
            }
            series.add(new Series(server, points));
        });
        JsonNode any = byServer.values().iterator().next().getFirst();
        return new LineChart(
                        String.format(
                                Locale.ROOT,
                                "Latency on %s at %,d queries per second",
                                any.get("mix").asString(),
                                any.get("ratePerSecond").asInt()),
                        Axis.names("percentile, from the instant at which a query was due", PERCENTILE_NAMES),
                        millis("latency in ms", series),
                        series,
                        true)
                .svg();
    }

    private static String pauses(JsonNode runs) {
        List<Series> series = inTime(runs, "worstMillis", 1);
        return new LineChart(
                        "Worst latency of each second",
                        Axis.linear("time in s", lengthSeconds(series)),
                        millis("latency in ms", series),
                        series,
                        false)
                .svg();
    }

    private static String memoryInTime(JsonNode runs) {
        List<Series> series = inTime(runs, "rssKib", KIB_PER_MIB);
        return new LineChart(
                        "Resident memory under load",
                        Axis.linear("time in s", lengthSeconds(series)),
                        Axis.linear("resident memory in MiB", largest(series)),
                        series,
                        false)
                .svg();
    }

    private static List<Series> inTime(JsonNode runs, String figure, double unit) {
        List<Series> series = new ArrayList<>();
        for (JsonNode run : runs) {
            List<Series.Point> points = new ArrayList<>();
            for (JsonNode second : run.get("seconds")) {
                points.add(new Series.Point(
                        second.get("second").asInt(), second.get(figure).asDouble() / unit));
            }
            series.add(new Series(run.get("whole").get("server").asString(), points));
        }
        return series;
    }

    private static double lengthSeconds(List<Series> series) {
        return series.stream().mapToInt(line -> line.points().size()).max().orElse(1);
    }

    private static double largest(List<Series> series) {
        return series.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Series.Point::y)
                .max()
                .orElse(1);
    }

    private static Axis millis(String label, List<Series> series) {
        double smallest = series.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Series.Point::y)
                .filter(value -> value > 0)
                .min()
                .orElse(1);
        return Axis.logarithmic(label, smallest, largest(series));
    }
}
