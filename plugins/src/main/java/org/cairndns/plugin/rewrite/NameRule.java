package org.cairndns.plugin.rewrite;

import java.util.List;
import java.util.stream.Stream;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.jspecify.annotations.Nullable;

/**
 * Rule {@code name}: another qname.
 *
 * @param pattern qnames that it is for
 * @param replacement text of the new qname or of the part that matched
 * @param automatic true if the new qname becomes the old one again in responses
 * @param fixed rules for responses whatever the qname was, the last one first
 */
record NameRule(NamePattern pattern, String replacement, boolean automatic, List<ResponseRule> fixed) implements Rule {
    @Override
    public @Nullable Match apply(Subject subject) {
        // Compared without text, which most queries then never need.
        if (pattern instanceof NamePattern.Exact && !pattern.matches(subject)) {
            return null;
        }
        @Nullable String text = pattern.replace(subject.name(), replacement);
        if (text == null) {
            return null;
        }
        DomainName target = DomainName.of(text);
        Query query = subject.query();
        Query changed = query.withQuestion(target, query.qtype(), query.qclass());
        return new Match(changed, automatic ? withReversal(target, subject.qname()) : fixed);
    }

    private List<ResponseRule> withReversal(DomainName target, DomainName asked) {
        List<ResponseRule> reversal = both(new NameMapping.Subtree(target, asked));
        return fixed.isEmpty()
                ? reversal
                : Stream.concat(fixed.stream(), reversal.stream()).toList();
    }

    /** Rules that map owner names as well as names in RDATA. */
    static List<ResponseRule> both(NameMapping mapping) {
        return List.of(new ResponseRule.Targets(mapping), new ResponseRule.Owners(mapping));
    }
}
