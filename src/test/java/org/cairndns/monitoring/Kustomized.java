package org.cairndns.monitoring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The objects that {@code kubectl apply -k} would apply. */
record Kustomized(List<Map<String, Object>> objects) {
    private static final Pattern DOCUMENT = Pattern.compile("(?m)^---$");

    /** Those of a folder below the top of the repository; ends the test as skipped where there is no kubectl. */
    static Kustomized of(String folder) {
        return of(Documents.root().resolve(folder));
    }

    /** Those of a folder. */
    static Kustomized of(Path folder) {
        Command.require("kubectl", "building what is applied");
        String text = Command.run(folder, Map.of(), List.of("kubectl", "kustomize", folder.toString()))
                .requireSuccess()
                .output();
        List<Map<String, Object>> objects = new ArrayList<>();
        LoadSettings settings =
                LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();
        for (String document : DOCUMENT.split(text)) {
            objects.add(Documents.map(new Load(settings).loadFromString(document)));
        }
        return new Kustomized(objects);
    }

    List<Map<String, Object>> ofKind(String kind) {
        return objects.stream()
                .filter(object -> kind.equals(object.get("kind")))
                .toList();
    }

    static Map<String, Object> spec(Map<String, Object> object) {
        return Documents.map(object, "spec");
    }

    static Map<String, Object> labels(Map<String, Object> object) {
        return Documents.map(Documents.map(object, "metadata"), "labels");
    }
}
