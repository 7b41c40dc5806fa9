package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cairndns.testing.MetricsText;
import org.cairndns.testing.MetricsText.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md and the page of a server to which everything has happened are about the same metrics. */
class MetricsReferenceTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_0-9]+)` \\| (\\w+) \\|([^|]*)\\| (.+) \\|$");

    /** Metrics that are written down, but whose event is not to be had here. */
    private static final Map<String, String> WITHOUT_SERIES = Map.of(
            "coredns_shed_dropped_total", "appears with the first drop of an overloaded socket",
            "coredns_cache_drops_total", "has never a value");

    /** What is known of a metric. */
    private record Metric(String type, Set<String> labels) {}

    @TempDir
    private static Path folder;

    private static Map<String, Metric> exported;

    @BeforeAll
    static void happen() throws Exception {
        try (BusyServer server = new BusyServer(folder)) {
            server.happen();
            exported = exported(MetricsText.parse(server.page()));
        }
    }

    private static Map<String, Metric> exported(MetricsText page) {
        Map<String, Metric> metrics = new TreeMap<>();
        page.types().forEach((name, type) -> {
            Set<String> labels = new TreeSet<>();
            Stream.of("", "_bucket", "_sum", "_count")
                    .flatMap(ending -> page.named(name + ending).stream())
                    .map(Sample::labels)
                    .forEach(of -> labels.addAll(of.keySet()));
            labels.removeAll(Set.of("le", "quantile"));
            metrics.put(name, new Metric(type, labels));
        });
        return metrics;
    }

    private static Map<String, Metric> documented() {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Documents.text(Documents.root().resolve("docs/metrics.md")));
        while (row.find()) {
            Set<String> labels = row.group(3).isBlank()
                    ? new TreeSet<>()
                    : new TreeSet<>(List.of(row.group(3).strip().split(", ")));
            assertThat(metrics.put(row.group(1), new Metric(row.group(2), labels)))
                    .as(row.group(1) + " is there twice")
                    .isNull();
        }
        return metrics;
    }

    @Test
    void metrics_exported_areDocumentedWithTheirTypesAndLabels() {
        Map<String, Metric> documented = documented();

        assertThat(documented).containsAllEntriesOf(exported);
        assertThat(exported).hasSizeGreaterThan(100);
    }

    @Test
    void metrics_documented_areExported() {
        Map<String, Metric> missing = new HashMap<>(documented());
        missing.keySet().removeAll(exported.keySet());

        assertThat(missing.keySet()).isEqualTo(WITHOUT_SERIES.keySet());
    }

    @Test
    void metrics_ofDashboardAndAlerts_areDocumented() {
        Set<String> documented = documented().keySet();
        Pattern name = Pattern.compile("\\b(?:cairn|coredns|process|jvm|go)_\\w+");
        for (Query query : Stream.concat(Dashboard.ours().queries().stream(), AlertRules.ours().queries().stream())
                .toList()) {
            Matcher matcher = name.matcher(query.expression());
            while (matcher.find()) {
                assertThat(documented)
                        .as(query.name())
                        .contains(matcher.group().replaceAll("(?<=_seconds|_bytes)_(?:bucket|sum|count)$", ""));
            }
        }
    }
}
