package org.cairndns.plugin.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.jspecify.annotations.Nullable;

/** Layer that hands queries on as its rules change them, and changes the responses back. */
final class RewriteHandler implements Handler {
    private final Handler next;
    private final List<Rule.Entry> rules;
    private final Function<Query, Reply> resolver;

    /**
     * @param rules in file order
     * @param resolver answers look-ups of alias targets
     */
    RewriteHandler(Handler next, List<Rule.Entry> rules, Function<Query, Reply> resolver) {
        this.next = next;
        this.rules = List.copyOf(rules);
        this.resolver = resolver;
    }

    @Override
    public Reply handle(Query query) {
        Subject subject = new Subject(query);
        List<ResponseRule> responseRules = List.of();
        for (Rule.Entry entry : rules) {
            Rule.@Nullable Match match;
            try {
                match = entry.rule().apply(subject);
            } catch (IllegalArgumentException e) {
                return invalidName(e);
            }
            if (match == null) {
                continue;
            }
            // The rule that changed the query last changes the response first.
            responseRules = joined(match.responseRules(), responseRules);
            subject = match.query() == subject.query() ? subject : new Subject(match.query());
            if (entry.stops()) {
                break;
            }
        }
        if (subject.query() == query && responseRules.isEmpty()) {
            return next.handle(query);
        }
        Reversal reversal = new Reversal(query, subject.query(), responseRules, resolver);
        return next.handle(subject.query()).then(reversal::apply);
    }

    private static List<ResponseRule> joined(List<ResponseRule> first, List<ResponseRule> second) {
        if (first.isEmpty() || second.isEmpty()) {
            return first.isEmpty() ? second : first;
        }
        List<ResponseRule> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }

    /** The reply where a rule makes a name that is none. */
    static Reply invalidName(IllegalArgumentException e) {
        return new Reply.Failed(Rcode.SERVFAIL, "invalid name after rewrite: " + e.getMessage());
    }
}
