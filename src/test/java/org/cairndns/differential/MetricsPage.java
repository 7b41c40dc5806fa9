package org.cairndns.differential;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in the text format of Prometheus without their values.
 *
 * @param series label sets by metric name, the label {@code le} left out
 * @param bounds values of {@code le} by metric name
 * @param types type lines by metric name
 */
record MetricsPage(Map<String, Set<String>> series, Map<String, Set<String>> bounds, Map<String, String> types) {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    /** Reads the metrics whose name begins with a prefix; numbers of local ports are told apart by nothing. */
    static MetricsPage parse(String page, String prefix) {
        MetricsPage result = new MetricsPage(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (String line : page.lines().toList()) {
            if (line.startsWith("# TYPE " + prefix)) {
                String[] words = line.split(" ");
                result.types.put(words[2], words[3]);
            }
            Matcher sample = SAMPLE.matcher(line);
            if (line.startsWith(prefix) && sample.matches()) {
                result.add(sample.group(1), sample.group(2) == null ? "" : sample.group(2));
            }
        }
        return result;
    }

    private void add(String name, String labels) {
        Set<String> kept = new TreeSet<>();
        Matcher label = LABEL.matcher(labels);
        while (label.find()) {
            if (label.group(1).equals("le")) {
                bounds.computeIfAbsent(name, key -> new TreeSet<>())
                        .add(String.valueOf(Double.parseDouble(label.group(2).replace("+Inf", "Infinity"))));
            } else {
                kept.add(label.group(1) + "=" + label.group(2).replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT"));
            }
        }
        series.computeIfAbsent(name, key -> new TreeSet<>()).add(String.join(",", kept));
    }
}
