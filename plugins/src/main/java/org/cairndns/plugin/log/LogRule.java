package org.cairndns.plugin.log;

import java.util.Set;
import org.cairndns.wire.DomainName;

/**
 * What to log of the queries for the names at and below one name.
 *
 * @param classes responses to log; a query that gets none counts as an error
 */
record LogRule(DomainName scope, LineFormat format, Set<LogClass> classes) {
    private static final int ALL = LogClass.values().length;

    LogRule {
        classes = Set.copyOf(classes);
    }

    boolean covers(DomainName qname) {
        return scope.length() == 1 || qname.isAtOrBelow(scope);
    }

    /** True if every response is logged, so that its class does not matter. */
    boolean logsAll() {
        return classes.size() == ALL;
    }
}
