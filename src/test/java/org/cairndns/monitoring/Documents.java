package org.cairndns.monitoring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Files of the repository, and trees of values that are read from them. */
final class Documents {
    /** What the cluster is given for its monitoring. */
    static final Path OVERLAY = root().resolve("deploy/k8s/overlays/monitoring");

    static final Path RUNBOOKS = root().resolve("docs/runbooks");

    private Documents() {}

    static Path root() {
        return Path.of(System.getProperty("cairn.root", "")).toAbsolutePath().normalize();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one document of a YAML or JSON file. */
    static Map<String, Object> read(Path file) {
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        return map(new Load(settings).loadFromString(text(file)));
    }

    /** A value that is a map, with its keys. */
    static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        ((Map<?, ?>) value).forEach((key, item) -> map.put((String) key, item));
        return map;
    }

    /** A value of a map that is a map; empty where it is missing. */
    static Map<String, Object> map(Map<String, Object> of, String key) {
        return of.get(key) == null ? Map.of() : map(of.get(key));
    }

    /** A value of a map that is a list of maps; empty where it is missing. */
    static List<Map<String, Object>> maps(Map<String, Object> of, String key) {
        List<Map<String, Object>> maps = new ArrayList<>();
        if (of.get(key) instanceof List<?> list) {
            list.forEach(item -> maps.add(map(item)));
        }
        return maps;
    }

    static String string(Map<String, Object> of, String key) {
        return of.get(key) instanceof String text ? text : "";
    }
}
