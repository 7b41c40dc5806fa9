package org.cairndns.differential;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides whether two answers are the same, or differ as expected. */
final class Comparison {
    private static final Comparator<ResourceRecord> WITHOUT_TTL = Comparator.comparing(record -> record.withTtl(0));

    private final List<ExpectedDifference> rules;
    private final ClusterNames names;
    private final int ttlToleranceSeconds;

    Comparison(List<ExpectedDifference> rules, ClusterNames names, int ttlToleranceSeconds) {
        this.rules = rules;
        this.names = names;
        this.ttlToleranceSeconds = ttlToleranceSeconds;
    }

    /** Names of the rules that lead from the reference's answer to ours; nothing if they do not. */
    Optional<List<String>> explain(Question question, Answer reference, Answer ours) {
        if (same(reference, ours)) {
            return Optional.of(List.of());
        }
        Answer expected = reference;
        List<String> used = new ArrayList<>();
        for (ExpectedDifference rule : rules) {
            Answer changed = rule.change().apply(new ExpectedDifference.Case(question, expected, ours, names));
            if (!changed.equals(expected)) {
                used.add(rule.name());
                expected = changed;
            }
        }
        return same(expected, ours) ? Optional.of(used) : Optional.empty();
    }

    private boolean same(Answer expected, Answer ours) {
        if (!expected.rcode().equals(ours.rcode())
                || !expected.flags().equals(ours.flags())
                || !expected.question().equals(ours.question())
                || !expected.edns().equals(ours.edns())) {
            return false;
        }
        if (expected.isTruncated() && ours.isTruncated()) {
            // Which records come first is left to chance; how many fit depends on their names.
            return kinds(expected.answers()).equals(kinds(ours.answers()));
        }
        return same(expected.answers(), ours.answers())
                && same(expected.authorities(), ours.authorities())
                && same(expected.additionals(), ours.additionals());
    }

    private static List<String> kinds(List<ResourceRecord> records) {
        return records.stream()
                .map(record -> record.owner().toLowerCase(Locale.ROOT) + " " + record.type())
                .distinct()
                .toList();
    }

    private boolean same(List<ResourceRecord> expected, List<ResourceRecord> ours) {
        if (expected.equals(ours)) {
            return true;
        }
        if (ttlToleranceSeconds == 0 || expected.size() != ours.size()) {
            return false;
        }
        List<ResourceRecord> left = expected.stream().sorted(WITHOUT_TTL).toList();
        List<ResourceRecord> right = ours.stream().sorted(WITHOUT_TTL).toList();
        for (int i = 0; i < left.size(); i++) {
            if (!left.get(i).withTtl(0).equals(right.get(i).withTtl(0))
                    || Math.abs(left.get(i).ttlSeconds() - right.get(i).ttlSeconds()) > ttlToleranceSeconds) {
                return false;
            }
        }
        return true;
    }
}
