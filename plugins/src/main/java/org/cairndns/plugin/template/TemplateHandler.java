package org.cairndns.plugin.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Reply;
import org.cairndns.plugin.template.text.TemplateFailureException;
import org.cairndns.plugin.template.text.TextTemplate;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Section;

/** Layer that answers what a stanza is about; questions that no stanza answers go to the next handler. */
final class TemplateHandler implements Handler {
    /** Wanted by the configuration, so no error that belongs in a log. */
    private static final Reply SERVFAIL = new Reply.Failed(Rcode.SERVFAIL, "");

    private final Handler next;
    private final List<Stanza> stanzas;
    private final TemplateMetrics metrics;
    private final Metadata metadata;
    private final Function<Query, Reply> resolver;

    TemplateHandler(
            Handler next,
            List<Stanza> stanzas,
            TemplateMetrics metrics,
            Metadata metadata,
            Function<Query, Reply> resolver) {
        this.next = next;
        this.stanzas = List.copyOf(stanzas);
        this.metrics = metrics;
        this.metadata = metadata;
        this.resolver = resolver;
    }

    @Override
    public Reply handle(Query query) {
        String name = "";
        for (int i = 0; i < stanzas.size(); i++) {
            Stanza stanza = stanzas.get(i);
            if (!stanza.isAbout(query)) {
                continue;
            }
            name = name.isEmpty() ? query.qname().toLowerCase().toString() : name;
            Optional<Match> match = stanza.match(query, name);
            if (match.isPresent()) {
                return answer(stanza, match.get());
            }
            if (!stanza.fallsThrough().covers(query.qname())) {
                return SERVFAIL;
            }
        }
        return next.handle(query);
    }

    private Reply answer(Stanza stanza, Match match) {
        metrics.countMatch(match);
        if (stanza.rcode() == Rcode.SERVFAIL) {
            return SERVFAIL;
        }
        TemplateAnswer answer = new TemplateAnswer(match.query(), stanza);
        Map<String, Object> data = match.data(metadata);
        try {
            for (Section section : Section.values()) {
                for (TextTemplate template : stanza.records().getOrDefault(section, List.of())) {
                    render(match, data, section, template).ifPresent(line -> answer.add(section, line));
                }
            }
        } catch (TemplateFailureException e) {
            return new Reply.Failed(Rcode.SERVFAIL, String.valueOf(e.getMessage()));
        }
        int qtype = match.query().qtype();
        return qtype == RecordType.A || qtype == RecordType.AAAA ? answer.withTargets(resolver) : answer.alone();
    }

    /** The template's record; empty for a template that renders to nothing, of which CoreDNS makes a broken message. */
    private Optional<RecordLine> render(Match match, Map<String, Object> data, Section section, TextTemplate template) {
        String line;
        try {
            line = template.render(data);
        } catch (TemplateFailureException e) {
            metrics.countTemplateFailure(match, section, template);
            throw failure(section, template, e);
        }
        try {
            return line.isBlank() ? Optional.empty() : Optional.of(RecordLine.parse(line));
        } catch (IllegalArgumentException e) {
            metrics.countRecordFailure(match, section, template);
            throw failure(section, template, e);
        }
    }

    private static TemplateFailureException failure(Section section, TextTemplate template, RuntimeException cause) {
        return new TemplateFailureException(section + " template '" + template.source() + "': " + cause.getMessage());
    }
}
