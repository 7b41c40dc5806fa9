package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cairndns.monitoring.Dashboard.Panel;
import org.junit.jupiter.api.Test;

/**
 * The names that the dashboard calls things of Grafana by are ones that Grafana 11, 12 and 13 know: units, calculations, colours,
 * settings of single series. Grafana passes over others without a word.
 */
class DashboardNamesTest {
    private static final Set<String> UNITS =
            Set.of("short", "s", "reqps", "ops", "percentunit", "bytes", "decbytes", "locale");

    /** Calculations of legends and numbers, and the heads of their columns, which a legend is sorted by. */
    private static final Map<String, String> CALCULATIONS =
            Map.of("lastNotNull", "Last *", "mean", "Mean", "max", "Max", "min", "Min", "sum", "Total");

    private static final Pattern COLOUR = Pattern.compile(
            "transparent|text|((super-light|light|semi-dark|dark)-)?(green|yellow|red|blue|orange|purple)|rgba\\(.*\\)");

    /** Settings of single series: those of all panels, and those of panels over time. */
    private static final Set<String> SETTINGS = Set.of(
            "unit",
            "min",
            "max",
            "decimals",
            "color",
            "displayName",
            "custom.axisPlacement",
            "custom.lineStyle",
            "custom.fillOpacity");

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    private static final Pattern GROUPING = Pattern.compile("\\bby \\(([^)]*)\\)");

    private static final Dashboard DASHBOARD = Dashboard.ours();

    private static List<Panel> panels(Predicate<Panel> chosen) {
        return DASHBOARD.panels().stream()
                .filter(panel -> !panel.isRow())
                .filter(chosen)
                .toList();
    }

    private static boolean hasSeries(Panel panel) {
        return Set.of("timeseries", "state-timeline", "heatmap").contains(panel.type());
    }

    private static List<Map<String, Object>> overrides(Panel panel) {
        return Documents.maps(Documents.map(panel.tree(), "fieldConfig"), "overrides");
    }

    /** All values that a key has anywhere below a value. */
    private static Stream<Object> below(Object value, String key) {
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .flatMap(entry -> Stream.concat(
                                entry.getKey().equals(key) ? Stream.of(entry.getValue()) : Stream.empty(),
                                entry.getValue() == null ? Stream.empty() : below(entry.getValue(), key)));
            case List<?> list -> list.stream().flatMap(item -> below(item, key));
            default -> Stream.empty();
        };
    }

    private static Set<String> names(Pattern pattern, String text) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            names.addAll(List.of(matcher.group(1).split(", *")));
        }
        return names;
    }

    @Test
    void types_every_comeWithGrafana() {
        assertThat(panels(panel -> true))
                .extracting(Panel::type)
                .containsOnly("stat", "timeseries", "heatmap", "state-timeline", "table");
    }

    @Test
    void units_every_areKnown() {
        List<Object> units = new ArrayList<>(below(DASHBOARD.tree(), "unit").toList());
        panels(panel -> true).stream()
                .flatMap(panel -> overrides(panel).stream())
                .flatMap(override -> Documents.maps(override, "properties").stream())
                .filter(property -> property.get("id").equals("unit"))
                .forEach(property -> units.add(property.get("value")));

        assertThat(units)
                .hasSizeGreaterThan(40)
                .allSatisfy(unit -> assertThat(UNITS).contains(String.valueOf(unit)));
    }

    /** Grafana's short numbers without decimals make 2 K of 1,500 objects. */
    @Test
    void counts_every_areWholeNumbersWithAllDigits() {
        assertThat(panels(panel -> panel.type().equals("timeseries")
                        && Integer.valueOf(0).equals(panel.defaults().get("decimals"))))
                .hasSizeGreaterThanOrEqualTo(6)
                .allSatisfy(
                        panel -> assertThat(panel.defaults()).as(panel.title()).containsEntry("unit", "locale"));
    }

    /** Grafana 11 writes it beside each line of an axis that has lines without numbers, as one of powers or of whole numbers. */
    @Test
    void noValue_ofSeries_isOnlyWhereTheAxisIsLinearWithDecimals() {
        assertThat(panels(panel ->
                        panel.type().equals("timeseries") && panel.defaults().containsKey("noValue")))
                .isNotEmpty()
                .allSatisfy(panel -> {
                    assertThat(panel.defaults()).as(panel.title()).doesNotContainKey("decimals");
                    assertThat(Documents.map(Documents.map(panel.defaults(), "custom"), "scaleDistribution"))
                            .as(panel.title())
                            .containsEntry("type", "linear");
                });
    }

    @Test
    void colours_every_areKnown() {
        assertThat(Stream.of("color", "fixedColor", "iconColor")
                        .flatMap(key -> below(DASHBOARD.tree(), key))
                        .filter(String.class::isInstance))
                .hasSizeGreaterThan(40)
                .allSatisfy(colour -> assertThat((String) colour).matches(COLOUR));
    }

    @Test
    void calculations_every_areKnownAndSortedByOneThatIsShown() {
        for (Panel panel : panels(panel -> true)) {
            below(panel.options(), "calcs")
                    .flatMap(calcs -> ((List<?>) calcs).stream())
                    .forEach(calculation ->
                            assertThat(CALCULATIONS).as(panel.title()).containsKey((String) calculation));
            Map<String, Object> legend = Documents.map(panel.options(), "legend");
            String sortedBy = Documents.string(legend, "sortBy");
            if (!sortedBy.isEmpty()) {
                assertThat(((List<?>) legend.get("calcs")).stream().map(CALCULATIONS::get))
                        .as(panel.title())
                        .contains(sortedBy);
            }
        }
    }

    @Test
    void thresholds_every_haveABaseAndRise() {
        for (Panel panel : panels(panel -> panel.defaults().containsKey("thresholds"))) {
            List<Map<String, Object>> steps = Documents.maps(Documents.map(panel.defaults(), "thresholds"), "steps");
            assertThat(steps.getFirst()).as(panel.title()).containsEntry("value", null);
            assertThat(steps.stream().skip(1).map(step -> ((Number) step.get("value")).doubleValue()))
                    .as(panel.title())
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void overrides_every_meetASeriesAndSetWhatThereIs() {
        for (Panel panel : panels(panel -> true)) {
            List<String> legends = panel.targets().stream()
                    .map(target -> Documents.string(target, "legendFormat"))
                    .toList();
            for (Map<String, Object> override : overrides(panel)) {
                Map<String, Object> matcher = Documents.map(override, "matcher");
                String options = Documents.string(matcher, "options");
                assertThat(legends)
                        .as("%s: %s", panel.title(), options)
                        .anySatisfy(legend -> assertThat(meets(Documents.string(matcher, "id"), options, legend))
                                .isTrue());
                assertThat(Documents.maps(override, "properties"))
                        .isNotEmpty()
                        .allSatisfy(property ->
                                assertThat(SETTINGS).as(panel.title()).contains(Documents.string(property, "id")));
            }
        }
    }

    private static boolean meets(String id, String options, String legend) {
        return switch (id) {
            case "byName" -> Pattern.matches(LABEL.matcher(legend).replaceAll(".+"), options);
            case "byRegexp" ->
                options.matches("/.+/")
                        && Pattern.compile(options.substring(1, options.length() - 1))
                                .matcher(LABEL.matcher(legend).replaceAll("x"))
                                .find();
            default -> false;
        };
    }

    /** Two series of one name are told apart by nothing; a label that all of them lack is an empty name. */
    @Test
    void legends_every_nameWhatSetsSeriesApart() {
        for (Panel panel : panels(DashboardNamesTest::hasSeries)) {
            for (Map<String, Object> target : panel.targets()) {
                String expression = Documents.string(target, "expr");
                Set<String> grouping = names(GROUPING, expression);
                Set<String> labels = names(LABEL, Documents.string(target, "legendFormat"));
                if (!panel.type().equals("heatmap")) {
                    grouping.remove("le");
                }
                assertThat(labels).as("%s: %s", panel.title(), expression).isEqualTo(grouping);
                assertThat(expression).as(panel.title()).matches("\\(?(sum|min|max|count|histogram_quantile)\\b.*");
            }
            assertThat(panel.targets().stream().map(target -> target.get("legendFormat")))
                    .as(panel.title())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void targets_every_haveALetterOfTheirOwnAndAKind() {
        for (Panel panel : panels(panel -> true)) {
            assertThat(panel.targets().stream().map(target -> target.get("refId")))
                    .as(panel.title())
                    .doesNotHaveDuplicates()
                    .allSatisfy(letter -> assertThat((String) letter).matches("[A-Z]"));
            assertThat(panel.targets())
                    .as(panel.title())
                    .allSatisfy(target -> assertThat(
                                    target.get("range") == Boolean.TRUE || target.get("instant") == Boolean.TRUE)
                            .isTrue());
        }
    }

    /** An import asks for a data source, or takes the default one; none is written into the file. */
    @Test
    void dataSources_every_areTheOneThatIsChosen() {
        assertThat(DASHBOARD.tree()).doesNotContainKeys("__inputs", "__requires");
        List<Object> sources = below(DASHBOARD.tree(), "datasource").toList();
        assertThat(sources)
                .hasSizeGreaterThan(100)
                .allSatisfy(source -> assertThat(source)
                        .isIn(
                                Map.of("type", "prometheus", "uid", "${datasource}"),
                                Map.of("type", "grafana", "uid", "-- Grafana --")));
    }

    /** Grafana 11 reads the query of an annotation beside its name, later ones below it, as they do those of panels. */
    @Test
    void annotations_every_sayTheirQueryInBothForms() {
        List<Map<String, Object>> asked =
                Documents.maps(Documents.map(DASHBOARD.tree(), "annotations"), "list").stream()
                        .filter(annotation -> annotation.containsKey("expr"))
                        .toList();

        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(annotation -> assertThat(Documents.map(annotation, "target"))
                        .containsEntry("expr", annotation.get("expr"))
                        .containsEntry("interval", annotation.get("step")));
    }

    /** Grafana 12 and 13 draw other feet of tables and hide columns in other ways than 11. */
    @Test
    void tables_every_goWithoutWhatChangesFromVersionToVersion() {
        for (Panel table : panels(panel -> panel.type().equals("table"))) {
            assertThat(table.options()).as(table.title()).doesNotContainKey("footer");
            assertThat(Documents.map(table.defaults(), "custom"))
                    .as(table.title())
                    .doesNotContainKeys("hidden", "displayMode");
        }
    }
}
