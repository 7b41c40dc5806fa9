package org.cairndns.monitoring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples of docs/homepage.md: two of {@code services.yaml}, one Ingress. */
final class HomepagePage {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern MAPPING = Pattern.compile("gethomepage\\.dev/widget\\.mappings\\.(\\d+)\\.(\\w+)");

    private final List<String> blocks = new ArrayList<>();

    private HomepagePage(String page) {
        Matcher block = BLOCK.matcher(page);
        while (block.find()) {
            blocks.add(block.group(1));
        }
    }

    static HomepagePage read() {
        return new HomepagePage(Documents.text(Documents.root().resolve("docs/homepage.md")));
    }

    private Object load(int block) {
        return new Load(LoadSettings.builder().build()).loadFromString(blocks.get(block));
    }

    /** The one service of a {@code services.yaml}. */
    private Map<String, Object> service(int block) {
        Map<String, Object> group = Documents.map(((List<?>) load(block)).getFirst());
        Map<String, Object> services = Documents.maps(group, "Network").getFirst();
        return Documents.map(services, "Cluster DNS");
    }

    Map<String, Object> statusService() {
        return service(0);
    }

    Map<String, Object> prometheusService() {
        return service(1);
    }

    /** What the widget of the status page shows. */
    List<Map<String, Object>> mappings() {
        return Documents.maps(Documents.map(statusService(), "widget"), "mappings");
    }

    /** What the widget of Prometheus shows. */
    List<Map<String, Object>> metrics() {
        return Documents.maps(Documents.map(prometheusService(), "widget"), "metrics");
    }

    String ingressText() {
        return blocks.get(2);
    }

    /** The name by which browsers reach the status page. */
    String ingressHost() {
        Map<String, Object> spec = Documents.map(Documents.map(load(2)), "spec");
        return Documents.string(Documents.maps(spec, "rules").getFirst(), "host");
    }

    Map<String, Object> annotations() {
        return Documents.map(Documents.map(Documents.map(load(2)), "metadata"), "annotations");
    }

    /** The mappings that annotations make, as Homepage puts them together. */
    List<Map<String, Object>> annotatedMappings() {
        Map<Integer, Map<String, Object>> mappings = new TreeMap<>();
        annotations().forEach((key, value) -> {
            Matcher mapping = MAPPING.matcher(key);
            if (mapping.matches()) {
                mappings.computeIfAbsent(Integer.valueOf(mapping.group(1)), number -> new LinkedHashMap<>())
                        .put(mapping.group(2), value);
            }
        });
        return List.copyOf(mappings.values());
    }
}
