package org.cairndns.manifests;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values of a YAML tree by dotted path, {@code a.b\\.c.0}: keys, and numbers of items; what is missing fails with the path. */
final class Yaml {
    private Yaml() {}

    static Object at(Map<String, Object> tree, String path) {
        Object value = tree;
        for (String step : path.split("(?<!\\\\)\\.")) {
            value = child(value, step);
        }
        if (value == null) {
            throw new AssertionError("no " + path + " in " + tree);
        }
        return value;
    }

    private static Object child(Object value, String step) {
        if (value instanceof Map<?, ?> map) {
            return map.get(step.replace("\\", ""));
        }
        boolean isItem = value instanceof List<?> list && step.matches("\\d+") && Integer.parseInt(step) < list.size();
        return isItem ? ((List<?>) value).get(Integer.parseInt(step)) : null;
    }

    static Map<String, Object> map(Map<String, Object> tree, String path) {
        return asMap(at(tree, path));
    }

    static List<Map<String, Object>> maps(Map<String, Object> tree, String path) {
        List<Map<String, Object>> maps = new ArrayList<>();
        ((List<?>) at(tree, path)).forEach(item -> maps.add(asMap(item)));
        return maps;
    }

    static List<String> strings(Map<String, Object> tree, String path) {
        return ((List<?>) at(tree, path)).stream().map(String::valueOf).toList();
    }

    static Map<String, Object> asMap(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, item) -> map.put((String) key, item));
        return map;
    }
}
