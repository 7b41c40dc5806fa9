package org.cairndns.plugin.rewrite;

import java.util.List;
import java.util.function.Function;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.Response;

/**
 * Way of one query's reply back to who asked: rules applied, made for the question as it was asked.
 *
 * @param asked the query as it came
 * @param sent the query as it went on
 * @param rules in the order in which they apply
 * @param resolver answers look-ups of alias targets
 */
record Reversal(Query asked, Query sent, List<ResponseRule> rules, Function<Query, Reply> resolver) {
    /** The reply for the query as it came; {@code reply} is not pending. */
    Reply apply(Reply reply) {
        return switch (reply) {
            case Reply.Answered answered -> apply(answered);
            case Reply.Failed failed -> apply(failed);
            case Reply.Dropped dropped -> dropped;
            case Reply.Messages messages -> messages;
            case Reply.Pending pending -> throw new IllegalArgumentException("still pending");
        };
    }

    private Reply apply(Reply.Answered answered) {
        Response response = answered.response();
        boolean sameName = asked.qname().equals(sent.qname());
        if (rules.isEmpty() && (sameName || response.recordCount() == 0)) {
            return answered;
        }
        try {
            return run(new ResponseDraft(sent.qname(), response), 0);
        } catch (IllegalArgumentException e) {
            return RewriteHandler.invalidName(e);
        }
    }

    /** A failure has an RCODE but no records; its reason goes on to the log. */
    private Reply apply(Reply.Failed failed) {
        int rcode = failed.rcode();
        for (ResponseRule rule : rules) {
            if (rule instanceof ResponseRule.Rcodes rcodes) {
                rcode = rcodes.apply(rcode);
            }
        }
        return rcode == failed.rcode() ? failed : new Reply.Failed(rcode, failed.reason());
    }

    private Reply run(ResponseDraft draft, int first) {
        for (int i = first; i < rules.size(); i++) {
            switch (rules.get(i)) {
                case ResponseRule.OfRecords rule -> draft.apply(rule);
                case ResponseRule.Rcodes rule -> draft.apply(rule);
                case ResponseRule.EdnsOption rule -> draft.apply(rule);
                case ResponseRule.Alias rule -> {
                    int alias = draft.findAlias(rule.mapping());
                    if (alias >= 0) {
                        return follow(draft, alias, rule, i + 1);
                    }
                }
            }
        }
        return new Reply.Answered(draft.build(asked.qname()));
    }

    private Reply follow(ResponseDraft draft, int alias, ResponseRule.Alias rule, int next) {
        DomainName target = draft.newTarget(alias, rule.mapping());
        Reply found = resolver.apply(rule.query().inner(target, rule.query().qtype()));
        return found.then(reply -> {
            if (!(reply instanceof Reply.Answered answered)
                    || !ResponseDraft.isAnswer(answered.response().rcode())) {
                return new Reply.Failed(Rcode.SERVFAIL, "no answer for " + target + ", new target of an alias");
            }
            draft.replaceTarget(alias, target, answered.response());
            return run(draft, next);
        });
    }
}
