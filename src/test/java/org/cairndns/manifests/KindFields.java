package org.cairndns.manifests;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cairndns.rules.Project;

/** Fields of the {@code spec} of kinds, strictly: what a table does not name is a fault. */
final class KindFields {
    private static final Path TABLE = Project.root().resolve("src/test/resources/org/cairndns/manifests/kinds.txt");
    private static final String DURATION = "([0-9]+(\\.[0-9]+)?(ms|s|m|h))+";
    private static final String URL = "(http|https|ssh|oci)://\\S+";

    /**
     * A field and what is below it.
     *
     * @param type a word of the table, or the alternatives; empty for an object
     */
    private record Field(String type, boolean required, boolean list, Map<String, Field> fields) {
        static Field of(String words) {
            String[] word = words.split(" ");
            boolean list = words.contains(" []");
            String type = word.length == 1 || word[word.length - 1].equals("[]") ? "" : word[word.length - 1];
            return new Field(type, word[0].endsWith("*"), list, new LinkedHashMap<>());
        }
    }

    private final Map<String, Field> kinds;

    private KindFields(Map<String, Field> kinds) {
        this.kinds = kinds;
    }

    /** The table of the tests. */
    static KindFields ofTable() {
        Map<String, Field> kinds = new TreeMap<>();
        List<Field> open = new ArrayList<>();
        for (String line : Project.text(TABLE)
                .lines()
                .filter(text -> !text.startsWith("#"))
                .toList()) {
            String words = line.strip();
            int depth = (line.length() - line.stripLeading().length()) / 2;
            Field field = Field.of(words);
            open.subList(depth, open.size()).clear();
            open.add(field);
            if (depth == 0) {
                String[] kind = words.split(" ");
                kinds.put(kind[2] + " " + kind[1], new Field("", true, false, field.fields()));
            } else {
                open.get(depth - 1).fields().put(words.split("[* ]")[0], field);
            }
        }
        return new KindFields(kinds);
    }

    boolean knows(Map<String, Object> object) {
        return kinds.containsKey(name(object));
    }

    /** What is wrong with an object of a kind of the table, with paths. */
    List<String> faults(Map<String, Object> object) {
        List<String> faults = new ArrayList<>();
        Field spec = Optional.ofNullable(kinds.get(name(object))).orElseThrow();
        check("spec", object.get("spec"), spec, faults);
        for (String key : object.keySet()) {
            if (!List.of("apiVersion", "kind", "metadata", "spec").contains(key)) {
                faults.add(key + ": unknown");
            }
        }
        return faults;
    }

    private static String name(Map<String, Object> object) {
        return object.get("apiVersion") + " " + object.get("kind");
    }

    private static void check(String path, Object value, Field field, List<String> faults) {
        if (!field.list()) {
            checkOne(path, value, field, faults);
        } else if (value instanceof List<?> items) {
            for (int i = 0; i < items.size(); i++) {
                checkOne(path + "." + i, items.get(i), field, faults);
            }
        } else {
            faults.add(path + ": expected a list, got " + value);
        }
    }

    private static void checkOne(String path, Object value, Field field, List<String> faults) {
        if (!field.type().isEmpty()) {
            if (!fits(value, field.type())) {
                faults.add(path + ": expected " + field.type() + ", got " + value);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, item) -> {
                Field known = field.fields().get(String.valueOf(key));
                if (known == null) {
                    faults.add(path + "." + key + ": unknown");
                } else {
                    check(path + "." + key, item, known, faults);
                }
            });
            field.fields().forEach((key, known) -> {
                if (known.required() && !map.containsKey(key)) {
                    faults.add(path + "." + key + ": missing");
                }
            });
        } else {
            faults.add(path + ": expected an object, got " + value);
        }
    }

    private static boolean fits(Object value, String type) {
        return switch (type) {
            case "any" -> value != null;
            case "text" -> value instanceof String;
            case "flag" -> value instanceof Boolean;
            case "number" -> value instanceof Integer;
            case "duration" -> value instanceof String text && text.matches(DURATION);
            case "url" -> value instanceof String text && text.matches(URL);
            case "map" ->
                value instanceof Map<?, ?> map && map.values().stream().allMatch(String.class::isInstance);
            default ->
                value instanceof String text && List.of(type.split("\\|")).contains(text);
        };
    }
}
