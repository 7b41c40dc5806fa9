package org.cairndns.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Records of a response as zone-file lines: owner, TTL, class, type and RDATA, a space in between.
 *
 * @param answer lines of the answer section, in wire order
 * @param authority lines of the authority section
 * @param additional lines of the additional section, without OPT
 */
public record ResponseText(List<String> answer, List<String> authority, List<String> additional) {
    /** Text of the response to a query for {@code qname}. */
    public static ResponseText of(DomainName qname, Response response) {
        ResponseText text = new ResponseText(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        RecordCursor cursor = new RecordCursor(qname, response);
        while (cursor.next()) {
            text.section(cursor.section()).add(line(cursor));
        }
        return new ResponseText(
                Collections.unmodifiableList(text.answer),
                Collections.unmodifiableList(text.authority),
                Collections.unmodifiableList(text.additional));
    }

    /** Line of the record at a cursor's place. */
    public static String line(RecordCursor cursor) {
        int type = cursor.type();
        return cursor.owner() + " " + cursor.ttlSeconds() + " " + DnsClass.text(cursor.dnsClass()) + " "
                + RecordType.text(type) + " " + Rdata.toText(type, cursor.rdata());
    }

    /** Lines of one section. */
    public List<String> section(Section section) {
        return switch (section) {
            case ANSWER -> answer;
            case AUTHORITY -> authority;
            case ADDITIONAL -> additional;
        };
    }
}
