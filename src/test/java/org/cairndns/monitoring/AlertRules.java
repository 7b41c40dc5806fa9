package org.cairndns.monitoring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;

/** The alerts that a cluster is given. */
record AlertRules(Map<String, Object> spec) {
    static AlertRules ours() {
        return new AlertRules(Documents.map(Documents.read(Documents.OVERLAY.resolve("prometheusrule.yaml")), "spec"));
    }

    /** One rule. */
    record Rule(Map<String, Object> tree) {
        String alert() {
            return Documents.string(tree, "alert");
        }

        String expression() {
            return Documents.string(tree, "expr");
        }

        String annotation(String key) {
            return Documents.string(Documents.map(tree, "annotations"), key);
        }

        String severity() {
            return Documents.string(Documents.map(tree, "labels"), "severity");
        }
    }

    List<Rule> rules() {
        return Documents.maps(spec, "groups").stream()
                .flatMap(group -> Documents.maps(group, "rules").stream())
                .map(Rule::new)
                .toList();
    }

    List<Query> queries() {
        return rules().stream()
                .map(rule -> new Query(rule.alert(), rule.expression()))
                .toList();
    }

    /** Writes them as {@code rules.yaml}, in the form that Prometheus itself reads. */
    Path writeTo(Path folder) throws IOException {
        String text = new Dump(DumpSettings.builder().build()).dumpToString(spec);
        return Files.writeString(folder.resolve("rules.yaml"), text);
    }
}
