package org.cairndns.server;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cairndns.corefile.Problem;
import org.cairndns.plugin.spi.Conditions;
import org.cairndns.plugin.spi.PluginLog;

/** What the running configuration does without because it is not there, as conditions. Under the lock of its owner. */
final class Lacks {
    private static final PluginLog LOG = PluginLog.plain();
    private static final String CONDITION = "missing";

    private final Conditions conditions;
    private Set<Problem> told = Set.of();

    Lacks(Conditions conditions) {
        this.conditions = conditions;
    }

    /** What is lacking from now on. */
    void now(List<Problem> lacking) {
        Set<Problem> next = new LinkedHashSet<>(lacking);
        for (Problem problem : told) {
            if (!next.contains(problem)) {
                conditions.end(LOG, CONDITION, subject(problem), subject(problem) + ": what it needs is there now");
            }
        }
        for (Problem problem : next) {
            conditions.begin(LOG, CONDITION, subject(problem), problem + " (looked for again every few seconds)");
        }
        told = next;
    }

    private static String subject(Problem problem) {
        return problem.position().toString();
    }
}
