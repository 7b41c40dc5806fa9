package org.cairndns.plugin.health.status;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import org.cairndns.plugin.spi.Overview;
import org.cairndns.plugin.spi.Report;
import org.cairndns.plugin.spi.Totals.Count;
import org.cairndns.wire.Rcode;

/** A status as one JSON object, whose fields {@code docs/status-page.md} describes: flat first, then lists. */
final class StatusJson {
    private static final int FORMAT = 1;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Status status;
    private final JsonText json = new JsonText();

    private StatusJson(Status status) {
        this.status = status;
    }

    static String of(Status status) {
        StatusJson page = new StatusJson(status);
        page.process();
        page.traffic();
        page.parts();
        page.corefile();
        page.lists();
        page.history();
        return page.json.text();
    }

    private void process() {
        long started = status.server().overview().startedNanos();
        json.number("format", FORMAT)
                .text("state", status.state().label())
                .text("name", status.server().name())
                .text("version", status.server().version())
                .text("now", status.moment().instant().toString())
                .text("started_at", status.moment().of(started).toString())
                .number("uptime_seconds", status.moment().secondsSince(started))
                .texts("not_ready", status.server().notReady())
                .number("conditions", status.troubles().lasting().size());
    }

    private void traffic() {
        Reading minute = status.traffic().lastMinute();
        json.number("queries_total", status.traffic().totals().of(Count.QUERIES))
                .number("servfail_total", status.traffic().totals().of(Count.SERVFAIL))
                .number("queries_per_second", counted(minute.queriesPerSecond()))
                .number("servfail_percent", minute.servfailPercent())
                .number("latency_mean_ms", minute.meanSeconds() * MILLIS_PER_SECOND)
                .number("latency_p99_ms", minute.p99Seconds() * MILLIS_PER_SECOND)
                .number("cache_hit_percent", minute.cacheHitPercent())
                .number("cache_hits_total", status.traffic().totals().of(Count.CACHE_HITS))
                .number("cache_requests_total", status.traffic().totals().of(Count.CACHE_REQUESTS));
    }

    /** Nothing is not the same as none. */
    private double counted(double value) {
        return status.isCounted() ? value : Double.NaN;
    }

    private void parts() {
        List<Report.Cluster> clusters = status.parts().clusters();
        List<Status.Upstream> upstreams = status.parts().upstreams();
        json.number("cache_entries", sum(status.parts().caches(), Report.Cache::entries))
                .number("cache_octets", sum(status.parts().caches(), Report.Cache::octets))
                .number("services", sum(clusters, cluster -> objects(cluster, "service")))
                .number("endpoint_slices", sum(clusters, cluster -> objects(cluster, "endpoint_slice")))
                .truth("index_synced", clusters.stream().allMatch(Report.Cluster::synced))
                .number(
                        "last_event_age_seconds",
                        clusters.stream()
                                .map(Report.Cluster::eventAgeNanos)
                                .mapToDouble(StatusJson::seconds)
                                .filter(Double::isFinite)
                                .max()
                                .orElse(Double.NaN))
                .number("upstreams", upstreams.size())
                .number(
                        "upstreams_up",
                        upstreams.stream().filter(Status.Upstream::isUp).count());
    }

    private static <T> double sum(List<T> items, ToDoubleFunction<T> number) {
        return items.isEmpty() ? Double.NaN : items.stream().mapToDouble(number).sum();
    }

    private static long objects(Report.Cluster cluster, String kind) {
        return cluster.objects().getOrDefault(kind, 0L);
    }

    private static double seconds(OptionalLong nanos) {
        return nanos.isPresent() ? nanos.getAsLong() / NANOS_PER_SECOND : Double.NaN;
    }

    private void corefile() {
        Overview.Corefile corefile = status.server().overview().corefile();
        json.text("configured_at", status.moment().of(corefile.sinceNanos()).toString())
                .text("configuration_hash", status.server().hash())
                .number("reloads_total", corefile.reloads())
                .number("reload_failures_total", corefile.failedReloads())
                .text("reload_state", corefile.refused() ? "refused" : "ok")
                .truth("explain", false);
    }

    private void lists() {
        Status.Moment moment = status.moment();
        json.objects("block_list", status.server().overview().blocks(), StatusJson::block)
                .objects("index_list", status.parts().clusters(), StatusJson::cluster)
                .objects("upstream_list", status.parts().upstreams(), StatusJson::upstream)
                .objects(
                        "cache_list",
                        status.parts().caches(),
                        (cache, item) -> item.text("zones", cache.zones())
                                .number("entries", cache.entries())
                                .number("octets", cache.octets()))
                .objects(
                        "condition_list",
                        status.troubles().lasting(),
                        (lasting, item) -> condition(lasting, item, moment))
                .objects("recent_conditions", status.troubles().ended(), (ended, item) -> {
                    condition(ended.what(), item, moment);
                    item.text("until", moment.of(ended.untilNanos()).toString());
                })
                .objects(
                        "failure_list",
                        status.troubles().failures(),
                        (failure, item) -> item.text("rcode", Rcode.text(failure.rcode()))
                                .text("reason", failure.reason())
                                .number("count", failure.count())
                                .text("last_at", moment.of(failure.lastNanos()).toString()));
    }

    private static void block(Overview.Block block, JsonText item) {
        item.texts("zones", block.zones())
                .texts("servers", block.servers())
                .text("view", block.view())
                .texts("handlers", block.handlers());
    }

    private static void cluster(Report.Cluster cluster, JsonText item) {
        item.text("source", cluster.source())
                .truth("synced", cluster.synced())
                .truth("from_snapshot", cluster.fromSnapshot())
                .truth("watching", cluster.watching())
                .number("last_event_age_seconds", seconds(cluster.eventAgeNanos()))
                .object("objects", objects -> cluster.objects().forEach(objects::number));
    }

    private static void upstream(Status.Upstream upstream, JsonText item) {
        item.text("address", upstream.report().address())
                .text("zone", upstream.report().zone())
                .text("state", upstream.report().state().name().toLowerCase(Locale.ROOT))
                .text("reason", upstream.report().reason())
                .number("responses_total", upstream.report().durations().count())
                .number("responses_per_second", upstream.times().responsesPerSecond())
                .number("latency_mean_ms", upstream.times().meanSeconds() * MILLIS_PER_SECOND)
                .number("latency_p95_ms", upstream.times().p95Seconds() * MILLIS_PER_SECOND)
                .number("check_failures_total", upstream.report().failedChecks());
    }

    private static void condition(ConditionLog.Lasting condition, JsonText item, Status.Moment moment) {
        item.text("condition", condition.condition())
                .text("subject", condition.subject())
                .text("message", condition.message())
                .text("since", moment.of(condition.sinceNanos()).toString());
    }

    private void history() {
        List<Reading> readings = status.traffic().history();
        json.object(
                "history",
                item -> item.number("interval_seconds", History.INTERVAL_SECONDS)
                        .texts(
                                "at",
                                readings.stream()
                                        .map(reading -> status.moment()
                                                .of(reading.atNanos())
                                                .toString())
                                        .toList())
                        .numbers("queries_per_second", each(readings, Reading::queriesPerSecond))
                        .numbers("servfail_per_second", each(readings, Reading::servfailPerSecond))
                        .numbers(
                                "latency_mean_ms", each(readings, reading -> reading.meanSeconds() * MILLIS_PER_SECOND))
                        .numbers("latency_p99_ms", each(readings, reading -> reading.p99Seconds() * MILLIS_PER_SECOND))
                        .numbers("cache_hit_percent", each(readings, Reading::cacheHitPercent)));
    }

    private static List<Double> each(List<Reading> readings, ToDoubleFunction<Reading> number) {
        return readings.stream().map(number::applyAsDouble).toList();
    }
}
