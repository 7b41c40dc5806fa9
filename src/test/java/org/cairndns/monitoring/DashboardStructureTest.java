package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cairndns.monitoring.Dashboard.Panel;
import org.junit.jupiter.api.Test;

/** The dashboard is one that Grafana takes and that a person can read. */
class DashboardStructureTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]\\w*)");

    private static final Dashboard DASHBOARD = Dashboard.ours();

    private static List<Panel> panels() {
        return DASHBOARD.panels().stream().filter(panel -> !panel.isRow()).toList();
    }

    @Test
    void dashboard_itself_canBeImportedAnywhere() {
        Map<String, Object> tree = DASHBOARD.tree();

        assertThat(tree.get("id")).as("Grafana gives it").isNull();
        assertThat(tree.get("uid")).as("links to it stay").isEqualTo("cairn-dns");
        assertThat((Integer) tree.get("schemaVersion")).isGreaterThanOrEqualTo(39);
        assertThat(Documents.string(tree, "title")).isNotEmpty();
        assertThat(Documents.string(tree, "description")).isNotEmpty();
        assertThat(Documents.string(tree, "refresh")).isNotEmpty();
        assertThat(tree.toString()).as("no link leaves Grafana").doesNotContain("://");
    }

    @Test
    void variables_areTheDataSourceJobAndInstance() {
        assertThat(DASHBOARD.variables().stream().map(variable -> variable.get("name")))
                .containsExactly("datasource", "job", "instance");
        assertThat(DASHBOARD.variables().stream().map(variable -> variable.get("definition")))
                .containsExactly(
                        null,
                        "label_values(coredns_build_info, job)",
                        "label_values(coredns_build_info{job=~\"$job\"}, instance)");
    }

    @Test
    void panels_every_saysWhatItShowsInWhichUnitFromWhere() {
        for (Panel panel : panels()) {
            assertThat(panel.title()).isNotEmpty();
            assertThat(Documents.string(panel.tree(), "description"))
                    .as(panel.title())
                    .endsWith(".")
                    .hasSizeGreaterThan(10);
            assertThat(Documents.string(panel.defaults(), "unit"))
                    .as("unit of " + panel.title())
                    .isNotEmpty();
            assertThat(Documents.string(Documents.map(panel.tree(), "datasource"), "uid"))
                    .as("data source of " + panel.title())
                    .isEqualTo("${datasource}");
            assertThat(panel.targets()).as(panel.title()).isNotEmpty();
            for (Map<String, Object> target : panel.targets()) {
                assertThat(Documents.string(Documents.map(target, "datasource"), "uid"))
                        .as(panel.title())
                        .isEqualTo("${datasource}");
            }
        }
    }

    @Test
    void panels_withSeveralSeries_haveALegendAndNames() {
        for (Panel panel : panels()) {
            if (Set.of("timeseries", "state-timeline").contains(panel.type())) {
                assertThat(Documents.map(panel.options(), "legend"))
                        .as(panel.title())
                        .containsEntry("showLegend", true);
                assertThat(panel.targets())
                        .as(panel.title())
                        .allSatisfy(target -> assertThat(Documents.string(target, "legendFormat"))
                                .isNotEmpty());
            }
        }
    }

    /**
     * A step of two minutes makes {@code $__rate_interval} one step and one scrape, be it of 15 or of 30 seconds: nothing falls
     * between two steps, and next to nothing counts twice in the sum. With shorter steps the window of four scrapes would count
     * a restart four times.
     */
    @Test
    void panels_whoseLegendSums_haveStepsAsLongAsTheirWindows() {
        List<Panel> sums = panels().stream()
                .filter(panel -> String.valueOf(panel.options()).contains("calcs=[sum"))
                .toList();

        assertThat(sums).hasSizeGreaterThanOrEqualTo(2);
        assertThat(sums)
                .allSatisfy(panel -> assertThat(panel.tree()).as(panel.title()).containsEntry("interval", "2m"));
    }

    /** Labels that a ServiceMonitor adds would be columns. */
    @Test
    void tables_every_haveTheColumnsThatTheyName() {
        for (Panel table :
                panels().stream().filter(panel -> panel.type().equals("table")).toList()) {
            Map<String, Object> options = Documents.map(
                    Documents.maps(table.tree(), "transformations").getFirst(), "options");
            String expression = Documents.string(table.targets().getFirst(), "expr");

            assertThat(expression).as(table.title()).startsWith("max by (");
            List<String> columns = List.of(expression
                    .substring("max by (".length(), expression.indexOf(')'))
                    .split(", "));
            assertThat(Documents.map(options, "excludeByName"))
                    .as(table.title())
                    .containsEntry("Value", true);
            assertThat(Documents.map(options, "renameByName").keySet())
                    .as(table.title())
                    .containsExactlyInAnyOrderElementsOf(columns);
            assertThat(columns).as(table.title()).contains("pod", "instance");
        }
    }

    @Test
    void stats_every_changesItsColourOrIsAPlainNumber() {
        List<Panel> stats =
                panels().stream().filter(panel -> panel.type().equals("stat")).toList();

        assertThat(stats).hasSizeGreaterThanOrEqualTo(8);
        for (Panel stat : stats) {
            List<Map<String, Object>> steps = Documents.maps(Documents.map(stat.defaults(), "thresholds"), "steps");
            assertThat(steps.getFirst().get("value"))
                    .as("a first step without value")
                    .isNull();
            assertThat(steps.size() > 1 || stat.title().equals("Queries"))
                    .as("thresholds of " + stat.title())
                    .isTrue();
        }
    }

    @Test
    void grid_panels_doNotOverlapAndFillRows() {
        Set<List<Integer>> taken = new HashSet<>();
        for (Panel panel : DASHBOARD.panels()) {
            assertThat(panel.grid("x") + panel.grid("w")).as(panel.title()).isLessThanOrEqualTo(24);
            for (int x = panel.grid("x"); x < panel.grid("x") + panel.grid("w"); x++) {
                for (int y = panel.grid("y"); y < panel.grid("y") + panel.grid("h"); y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as(panel.title() + " lies on another")
                            .isTrue();
                }
            }
        }
        int bottom = DASHBOARD.panels().stream()
                .mapToInt(panel -> panel.grid("y") + panel.grid("h"))
                .max()
                .orElseThrow();
        assertThat(taken).as("no gaps").hasSize(24 * bottom);
        assertThat(DASHBOARD.panels().stream()
                        .map(panel -> panel.tree().get("id"))
                        .distinct())
                .as("ids")
                .hasSameSizeAs(DASHBOARD.panels());
    }

    @Test
    void queries_every_choosesJobAndInstanceAndNoOtherVariable() {
        for (Query query : DASHBOARD.queries()) {
            List<String> variables = new ArrayList<>();
            Matcher matcher = VARIABLE.matcher(query.expression());
            while (matcher.find()) {
                variables.add(matcher.group(1));
            }
            assertThat(variables).as(query.name()).contains("job", "instance");
            assertThat(variables).as(query.name()).isSubsetOf("job", "instance", "__rate_interval");
        }
    }

    @Test
    void rows_cover_whatPeopleLookFor() {
        assertThat(DASHBOARD.panels().stream().filter(Panel::isRow).map(Panel::title))
                .containsExactly(
                        "At a glance",
                        "Traffic",
                        "Latency",
                        "Cache",
                        "Upstreams",
                        "Cluster index",
                        "State",
                        "Floods and drops",
                        "Process");
        assertThat(panels().stream().map(Panel::type).distinct())
                .contains("stat", "timeseries", "heatmap", "state-timeline", "table");
    }
}
