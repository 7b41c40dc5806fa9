package org.cairndns.plugin.health.status;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.cairndns.plugin.health.status.Table.Cell;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Totals.Count;

/** What the server is asked, and how it answers: the last minute in figures, 15 minutes as plots. */
final class TrafficParts {
    private static final Plot QUERIES = new Plot(
            "Queries per second",
            Scale.Kind.LINEAR,
            List.of(
                    new Plot.Line("queries", "first", Reading::queriesPerSecond),
                    new Plot.Line("SERVFAIL", "bad", Reading::servfailPerSecond)),
            Wording::number);

    private static final Plot LATENCY = new Plot(
            "Time to the response",
            Scale.Kind.LOGARITHMIC,
            List.of(
                    new Plot.Line("99 of 100 within", "second", Reading::p99Seconds),
                    new Plot.Line("mean", "first", Reading::meanSeconds)),
            Wording::time);

    private TrafficParts() {}

    static void figures(Status status, Markup out) {
        Reading minute = status.traffic().lastMinute();
        out.begin("section", "class", "figures", "aria-label", "The last minute");
        if (status.isCounted()) {
            figure(
                    out,
                    "Queries per second",
                    Wording.number(minute.queriesPerSecond()),
                    Wording.number(status.traffic().totals().of(Count.QUERIES)) + " since the start");
            figure(
                    out,
                    "Time to the response",
                    Wording.time(minute.meanSeconds()),
                    Double.isNaN(minute.p99Seconds())
                            ? "no query in this minute"
                            : "99 of 100 within " + Wording.time(minute.p99Seconds()));
            figure(
                    out,
                    "Failed",
                    Wording.percent(minute.servfailPercent()),
                    Wording.number(status.traffic().totals().of(Count.SERVFAIL)) + " SERVFAIL since the start");
        }
        if (!status.parts().caches().isEmpty()) {
            long entries = status.parts().caches().stream()
                    .mapToLong(Report.Cache::entries)
                    .sum();
            figure(
                    out,
                    "Cache hits",
                    Wording.percent(minute.cacheHitPercent()),
                    Wording.count(entries, "response", "responses") + " kept");
        }
        status.parts().clusters().stream()
                .filter(cluster -> cluster.eventAgeNanos().isPresent())
                .max(Comparator.comparingLong(cluster -> cluster.eventAgeNanos().orElseThrow()))
                .ifPresent(cluster -> figure(
                        out,
                        "Cluster last heard of",
                        Wording.age(cluster.eventAgeNanos().orElseThrow() / 1e9) + " ago",
                        Wording.count(cluster.objects().getOrDefault("service", 0L), "service", "services")
                                + " known"));
        out.end();
    }

    private static void figure(Markup out, String name, String value, String note) {
        out.begin("div", "class", "card figure")
                .element("h2", name)
                .element("p", value, "class", "value")
                .element("p", note, "class", "note")
                .end();
    }

    static void plots(Status status, Markup out) {
        if (!status.isCounted()) {
            out.element(
                    "p",
                    "Queries are counted where a server block has the directive prometheus; none has.",
                    "class",
                    "card note");
            return;
        }
        out.begin("section", "class", "plots", "aria-label", "The last 15 minutes");
        QUERIES.write(status, out);
        LATENCY.write(status, out);
        out.end();
        minutes(status, out);
    }

    private static void minutes(Status status, Markup out) {
        List<Reading> readings = status.traffic().history();
        Table table = new Table(
                "", List.of("Minute", "Queries/s", "SERVFAIL/s", "Mean time", "99 of 100 within", "Cache hits"));
        for (int end = readings.size(); end > 0; end -= History.READINGS_PER_MINUTE) {
            List<Reading> minute = readings.subList(Math.max(0, end - History.READINGS_PER_MINUTE), end);
            table.row(
                    Cell.of("until "
                            + Wording.age(status.moment()
                                    .secondsSince(minute.getLast().atNanos())) + " ago"),
                    Cell.number(Wording.number(mean(minute, Reading::queriesPerSecond))),
                    Cell.number(Wording.number(mean(minute, Reading::servfailPerSecond))),
                    Cell.number(Wording.time(mean(minute, Reading::meanSeconds))),
                    Cell.number(Wording.time(largest(minute, Reading::p99Seconds))),
                    Cell.number(Wording.percent(mean(minute, Reading::cacheHitPercent))));
        }
        out.begin("details", "id", "minutes", "class", "card").element("summary", "The plots as a table");
        out.begin("div", "class", "wide");
        table.content(out);
        out.end().end();
    }

    private static double mean(List<Reading> readings, ToDoubleFunction<Reading> number) {
        return readings.stream()
                .mapToDouble(number)
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN);
    }

    private static double largest(List<Reading> readings, ToDoubleFunction<Reading> number) {
        return readings.stream()
                .mapToDouble(number)
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
    }
}
