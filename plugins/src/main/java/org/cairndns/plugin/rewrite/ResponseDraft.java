package org.cairndns.plugin.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.ResourceRecord;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/**
 * A response taken apart, to be changed and made anew for another question.
 *
 * <p>The one place where that is done: the octets of a {@link Response} hold for its own qname only, as names in them
 * are compressed to it. One thread at a time.
 */
final class ResponseDraft {
    private final List<ResourceRecord> records = new ArrayList<>();
    private Response response;

    /** The response to a query for {@code qname}. */
    ResponseDraft(DomainName qname, Response response) {
        this.response = response;
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            records.add(cursor.record());
        }
    }

    void apply(ResponseRule.OfRecords rule) {
        records.replaceAll(rule::apply);
    }

    void apply(ResponseRule.Rcodes rule) {
        response = response.withRcode(rule.apply(response.rcode()));
    }

    void apply(ResponseRule.EdnsOption rule) {
        if (response.hasEdns()) {
            response = response.withEdns(rule.apply(response.ednsOptions()));
        }
    }

    /** Place among the records of the first alias in the answer that a mapping changes, or -1. */
    int findAlias(NameMapping mapping) {
        for (int i = 0; i < records.size(); i++) {
            if (isAlias(records.get(i)) && !newTarget(i, mapping).equals(target(i))) {
                return i;
            }
        }
        return -1;
    }

    /** Target of the alias at a place once it is mapped. */
    DomainName newTarget(int alias, NameMapping mapping) {
        return mapping.apply(target(alias));
    }

    private DomainName target(int alias) {
        return records.get(alias).target().orElseThrow();
    }

    /**
     * Leads the alias at a place to another target: what stands behind it is the new target's answer, and so is the
     * RCODE (RFC 6604 3). Records of other sections belong to the old target; of the new one's, a denial's SOA stays.
     */
    void replaceTarget(int alias, DomainName target, Response answer) {
        List<ResourceRecord> kept = new ArrayList<>();
        for (int i = 0; i < alias; i++) {
            if (isAlias(records.get(i))) {
                kept.add(records.get(i));
            }
        }
        kept.add(records.get(alias).withTarget(target));
        RecordCursor cursor = new RecordCursor(target, answer);
        while (cursor.next()) {
            boolean wanted = cursor.section() == Section.ANSWER
                    || cursor.section() == Section.AUTHORITY && cursor.type() == RecordType.SOA;
            if (wanted) {
                kept.add(cursor.record());
            }
        }
        records.clear();
        records.addAll(kept);
        response = response.withRcode(answer.rcode()).withTruncated(answer.truncated());
    }

    private static boolean isAlias(ResourceRecord record) {
        return record.section() == Section.ANSWER && record.type() == RecordType.CNAME;
    }

    /** The response to a query for {@code qname}. */
    Response build(DomainName qname) {
        ResponseBuilder builder = new ResponseBuilder(qname).rcode(response.rcode());
        records.forEach(builder::add);
        return builder.buildLike(response);
    }

    /** True if an answer with this RCODE may stand behind an alias. */
    static boolean isAnswer(int rcode) {
        return rcode == Rcode.NOERROR || rcode == Rcode.NXDOMAIN;
    }
}
