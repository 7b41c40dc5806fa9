package org.cairndns.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cairndns.monitoring.AlertRules.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each alert is well-formed, fires when it should and not else, and leads to a page. */
class AlertRulesTest {
    private static final AlertRules RULES = AlertRules.ours();
    private static final String CASES = "alerts-test.yaml";
    private static final Pattern WINDOW = Pattern.compile("\\[(\\d+)([a-z]+)]");

    @TempDir
    private Path folder;

    @Test
    void rules_every_saysHowBadWhatAndWhere() {
        assertThat(RULES.rules()).hasSizeBetween(10, 20);
        for (Rule rule : RULES.rules()) {
            assertThat(rule.alert()).startsWith("Cairn");
            assertThat(rule.severity()).as(rule.alert()).isIn("critical", "warning");
            assertThat(rule.annotation("summary")).as(rule.alert()).isNotEmpty();
            assertThat(rule.annotation("description")).as(rule.alert()).endsWith(".");
            assertThat(rule.annotation("runbook_url"))
                    .as(rule.alert())
                    .isEqualTo("docs/runbooks/" + rule.alert() + ".md");
            // What has happened needs no time to go on; what lasts does.
            boolean counts = rule.expression().matches("(?s).*(increase|changes)\\(.*");
            assertThat(rule.tree().containsKey("for"))
                    .as("'for' of " + rule.alert())
                    .isNotEqualTo(counts);
        }
    }

    /** Prometheus reads once a minute where nobody says otherwise, a rate is made of two readings, and one may fail. */
    @Test
    void rules_windows_holdThreeReadingsOfOnceAMinute() {
        int windows = 0;
        for (Query query : RULES.queries()) {
            Matcher window = WINDOW.matcher(query.expression());
            while (window.find()) {
                assertThat(minutes(window))
                        .as(query.name() + ": " + window.group())
                        .isGreaterThanOrEqualTo(3);
                windows++;
            }
        }
        assertThat(windows).isGreaterThan(8);
    }

    private static int minutes(Matcher window) {
        int number = Integer.parseInt(window.group(1));
        return switch (window.group(2)) {
            case "m" -> number;
            case "h" -> number * 60;
            default -> 0;
        };
    }

    @Test
    void rules_andTheirPages_areTheSame() throws Exception {
        Set<String> alerts = RULES.rules().stream().map(Rule::alert).collect(Collectors.toCollection(TreeSet::new));
        Set<String> pages = new TreeSet<>();
        try (var files = Files.list(Documents.RUNBOOKS)) {
            files.forEach(file -> pages.add(file.getFileName().toString().replace(".md", "")));
        }

        assertThat(pages).isEqualTo(alerts);
    }

    @Test
    void promtool_rules_areRight() throws Exception {
        Command.require("promtool", "checking alerts");

        promtool("check", "rules", RULES.writeTo(folder).toString());
    }

    @Test
    void promtool_cases_fireOrDoNot() throws Exception {
        Command.require("promtool", "trying alerts out");
        RULES.writeTo(folder);

        promtool("test", "rules", writeCases().toString());
    }

    private Path writeCases() throws Exception {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(CASES))) {
            Path file = folder.resolve(CASES);
            Files.copy(in, file);
            return file;
        }
    }

    @Test
    void cases_everyRule_hasOneThatFiresAndOneThatDoesNot() throws Exception {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Map<String, Object> test : Documents.maps(Documents.read(writeCases()), "tests")) {
            for (Map<String, Object> expected : Documents.maps(test, "alert_rule_test")) {
                List<Map<String, Object>> alerts = Documents.maps(expected, "exp_alerts");
                (alerts.isEmpty() ? silent : firing).add(Documents.string(expected, "alertname"));
            }
        }
        Set<String> all = RULES.rules().stream().map(Rule::alert).collect(Collectors.toCollection(TreeSet::new));

        assertThat(firing).isEqualTo(all);
        assertThat(silent).isEqualTo(all);
    }

    private void promtool(String... words) {
        List<String> command = new java.util.ArrayList<>(List.of("promtool"));
        command.addAll(List.of(words));
        Command.run(folder, Map.of(), command).requireSuccess();
    }
}
