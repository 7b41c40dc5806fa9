package org.cairndns.plugin.rewrite;

import java.util.List;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/** One rule of the directive, for queries. Immutable, any thread. */
@FunctionalInterface
interface Rule {
    /**
     * What the rule makes of a query, or null if it is not for it.
     *
     * @throws IllegalArgumentException when the new qname is no domain name
     */
    @Nullable
    Match apply(Subject subject);

    /**
     * A rule's work.
     *
     * @param query perhaps the same one
     * @param responseRules for the response, the last one first
     */
    record Match(Query query, List<ResponseRule> responseRules) {}

    /**
     * A rule with its mode.
     *
     * @param stops true if no rule behind it is looked at once it has matched
     */
    record Entry(Rule rule, boolean stops) {}
}
