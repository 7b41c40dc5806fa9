package org.cairndns.plugin.template;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rdata;
import org.cairndns.wire.RecordCursor;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Response;
import org.cairndns.wire.ResponseBuilder;
import org.cairndns.wire.Section;

/** The response of a stanza to one query, with what its aliases lead to. One thread at a time. */
final class TemplateAnswer {
    private final Query query;
    private final Stanza stanza;
    private final Map<Section, List<RecordLine>> lines = new EnumMap<>(Section.class);

    /** Responses of targets by the place of their alias in the answer section. */
    private final Map<Integer, Target> targets = new HashMap<>();

    private record Target(DomainName name, Response response) {}

    TemplateAnswer(Query query, Stanza stanza) {
        this.query = query;
        this.stanza = stanza;
        for (Section section : Section.values()) {
            lines.put(section, new ArrayList<>());
        }
    }

    void add(Section section, RecordLine line) {
        section(section).add(line);
    }

    private List<RecordLine> section(Section section) {
        return lines.getOrDefault(section, List.of());
    }

    /**
     * The response, the addresses of each alias's target behind the alias.
     *
     * <p>As in CoreDNS an alias is answered alone if its target cannot be looked up, as by a server that does not know
     * the target's zone (RFC 1034 4.3.2); the client then follows it itself.
     */
    Reply withTargets(Function<Query, Reply> resolver) {
        return withTargets(resolver, 0);
    }

    private Reply withTargets(Function<Query, Reply> resolver, int from) {
        List<RecordLine> answers = section(Section.ANSWER);
        for (int i = from; i < answers.size(); i++) {
            if (answers.get(i).isAlias()) {
                int place = i;
                DomainName target = DomainName.of(
                        Rdata.toText(RecordType.CNAME, answers.get(i).rdata()));
                return resolver.apply(query.inner(target, query.qtype())).then(reply -> {
                    if (reply instanceof Reply.Answered answered) {
                        targets.put(place, new Target(target, answered.response()));
                    }
                    return withTargets(resolver, place + 1);
                });
            }
        }
        return alone();
    }

    /** The response as it is. */
    Reply alone() {
        ResponseBuilder builder = new ResponseBuilder(query.qname()).rcode(stanza.rcode());
        boolean truncated = false;
        List<RecordLine> answers = section(Section.ANSWER);
        for (int i = 0; i < answers.size(); i++) {
            answers.get(i).addTo(builder, Section.ANSWER);
            Target target = targets.get(i);
            if (target != null) {
                truncated |= target.response().truncated();
                copyAnswers(target, builder);
            }
        }
        section(Section.AUTHORITY).forEach(line -> line.addTo(builder, Section.AUTHORITY));
        section(Section.ADDITIONAL).forEach(line -> line.addTo(builder, Section.ADDITIONAL));
        Response response = builder.build();
        if (truncated) {
            response = response.withTruncated(true);
        }
        return new Reply.Answered(stanza.ednsOptions().map(response::withEdns).orElse(response));
    }

    private static void copyAnswers(Target target, ResponseBuilder builder) {
        RecordCursor cursor = new RecordCursor(target.name(), target.response());
        while (cursor.next()) {
            if (cursor.section() == Section.ANSWER) {
                builder.copy(Section.ANSWER, cursor);
            }
        }
    }
}
