package org.cairndns.differential;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What comparing led to: counts, and the first differences that nothing explains. */
final class Tally {
    private static final int KEPT = 60;

    private final AtomicLong compared = new AtomicLong();
    private final AtomicLong unexplained = new AtomicLong();
    private final Map<String, Long> byRule = new TreeMap<>();
    private final Map<String, List<String>> failures = new LinkedHashMap<>();

    void same() {
        compared.incrementAndGet();
    }

    synchronized void explained(List<String> rules) {
        compared.incrementAndGet();
        rules.forEach(rule -> byRule.merge(rule, 1L, Long::sum));
    }

    synchronized void unexplained(String scenario, String report) {
        compared.incrementAndGet();
        unexplained.incrementAndGet();
        List<String> kept = failures.computeIfAbsent(scenario, key -> new ArrayList<>());
        if (kept.size() < KEPT) {
            kept.add(report);
        }
    }

    long compared() {
        return compared.get();
    }

    long unexplainedCount() {
        return unexplained.get();
    }

    synchronized List<String> failures() {
        return failures.values().stream().flatMap(List::stream).toList();
    }

    synchronized Map<String, Long> byRule() {
        return new TreeMap<>(byRule);
    }
}
