package org.cairndns.plugin.health.status;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cairndns.plugin.health.status.Table.Cell;
import org.cairndns.plugin.spi.Report;

/** Where answers come from: upstreams, clusters, caches. */
final class SourceParts {
    private SourceParts() {}

    static void upstreams(Status status, Markup out) {
        if (status.parts().upstreams().isEmpty()) {
            return;
        }
        Table table = new Table(
                "Upstreams", List.of("Upstream", "For", "State", "Responses/s", "Mean time", "95 of 100 within"));
        for (Status.Upstream upstream : status.parts().upstreams()) {
            table.row(
                    new Cell(upstream.report().address(), "code"),
                    new Cell(upstream.report().zone(), "code"),
                    state(upstream.report()),
                    Cell.number(Wording.number(upstream.times().responsesPerSecond())),
                    Cell.number(Wording.time(upstream.times().meanSeconds())),
                    Cell.number(Wording.time(upstream.times().p95Seconds())));
        }
        table.write(out);
    }

    private static Cell state(Report.Upstream upstream) {
        String reason = upstream.reason().isEmpty() ? "" : ": " + upstream.reason();
        return switch (upstream.state()) {
            case UP -> Cell.state("up", "good");
            case SUSPECT -> Cell.state("suspect, being checked", "doubtful");
            case TRYING -> Cell.state("back, being tried", "doubtful");
            case DOWN -> Cell.state("down", "bad");
            case HELD_OUT -> Cell.state("left out" + reason, "bad");
        };
    }

    static void sources(Status status, Markup out) {
        out.begin("div", "class", "pair");
        clusters(status.parts().clusters(), out);
        caches(status.parts().caches(), out);
        out.end();
    }

    private static void clusters(List<Report.Cluster> clusters, Markup out) {
        if (clusters.isEmpty()) {
            return;
        }
        Table table = new Table("Cluster", List.of("Source", "State", "Objects", "Heard of"));
        for (Report.Cluster cluster : clusters) {
            table.row(
                    new Cell(cluster.source(), "code"),
                    state(cluster),
                    Cell.of(objects(cluster)),
                    Cell.number(
                            cluster.eventAgeNanos().isPresent()
                                    ? Wording.age(cluster.eventAgeNanos().getAsLong() / 1e9) + " ago"
                                    : Wording.NONE));
        }
        table.write(out);
    }

    private static Cell state(Report.Cluster cluster) {
        if (cluster.fromSnapshot() && !cluster.synced()) {
            return Cell.state("answers from a snapshot", "doubtful");
        }
        if (!cluster.synced()) {
            return Cell.state("not read yet", "bad");
        }
        return cluster.watching() ? Cell.state("current", "good") : Cell.state("no changes arrive", "doubtful");
    }

    /** {@code 25 namespaces, 112 services}. */
    private static String objects(Report.Cluster cluster) {
        return cluster.objects().entrySet().stream()
                .map(entry -> Wording.count(entry.getValue(), words(entry.getKey()), words(entry.getKey()) + "s"))
                .collect(Collectors.joining(", "));
    }

    private static String words(String kind) {
        return kind.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void caches(List<Report.Cache> caches, Markup out) {
        if (caches.isEmpty()) {
            return;
        }
        Table table = new Table("Cache", List.of("Names below", "Responses kept", "Memory"));
        for (Report.Cache cache : caches) {
            table.row(
                    new Cell(cache.zones(), "code"),
                    Cell.number(Wording.number(cache.entries())),
                    Cell.number(Wording.octets(cache.octets())));
        }
        table.write(out);
    }
}
