package org.cairndns.monitoring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Our dashboard, as Grafana reads it.
 *
 * @param tree all of it
 */
record Dashboard(Map<String, Object> tree) {
    static Dashboard ours() {
        return new Dashboard(Documents.read(Documents.OVERLAY.resolve("cairn.json")));
    }

    /** What is drawn in one place. */
    record Panel(Map<String, Object> tree) {
        String title() {
            return Documents.string(tree, "title");
        }

        String type() {
            return Documents.string(tree, "type");
        }

        boolean isRow() {
            return type().equals("row");
        }

        List<Map<String, Object>> targets() {
            return Documents.maps(tree, "targets");
        }

        /** Settings that hold for all series. */
        Map<String, Object> defaults() {
            return Documents.map(Documents.map(tree, "fieldConfig"), "defaults");
        }

        Map<String, Object> options() {
            return Documents.map(tree, "options");
        }

        int grid(String key) {
            return ((Number) Documents.map(tree, "gridPos").get(key)).intValue();
        }
    }

    List<Panel> panels() {
        return Documents.maps(tree, "panels").stream().map(Panel::new).toList();
    }

    List<Map<String, Object>> variables() {
        return Documents.maps(Documents.map(tree, "templating"), "list");
    }

    /** All that it asks Prometheus for: panels, annotations. */
    List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (Panel panel : panels()) {
            for (Map<String, Object> target : panel.targets()) {
                queries.add(new Query(panel.title() + " " + target.get("refId"), Documents.string(target, "expr")));
            }
        }
        for (Map<String, Object> annotation : Documents.maps(Documents.map(tree, "annotations"), "list")) {
            if (annotation.containsKey("expr")) {
                queries.add(new Query("annotation " + annotation.get("name"), Documents.string(annotation, "expr")));
            }
        }
        return queries;
    }
}
