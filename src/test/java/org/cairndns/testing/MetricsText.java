package org.cairndns.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page of metrics, read.
 *
 * @param types type by metric name
 * @param samples all series
 */
public record MetricsText(Map<String, String> types, List<Sample> samples) {
    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One series: its name with {@code _bucket} and the like, labels, value. */
    public record Sample(String name, Map<String, String> labels, double value) {}

    /** Reads a page in the text format. */
    public static MetricsText parse(String page) {
        Map<String, String> types = new HashMap<>();
        List<Sample> samples = new ArrayList<>();
        page.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                types.put(words[2], words[3]);
            } else if (!line.startsWith("#") && !line.isEmpty()) {
                samples.add(sample(line));
            }
        });
        return new MetricsText(types, samples);
    }

    private static Sample sample(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new AssertionError("no series: " + line);
        }
        Map<String, String> labels = new LinkedHashMap<>();
        if (matcher.group(2) != null) {
            Matcher label = LABEL.matcher(matcher.group(2));
            while (label.find()) {
                labels.put(label.group(1), label.group(2));
            }
        }
        String value = matcher.group(3);
        return new Sample(
                matcher.group(1), labels, value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value));
    }

    /** Series of this name. */
    public List<Sample> named(String name) {
        return samples.stream().filter(sample -> sample.name().equals(name)).toList();
    }
}
