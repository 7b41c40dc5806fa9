package org.cairndns.plugin.template;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.plugin.template.text.TextTemplate;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Section;
import org.cairndns.zone.SuffixTable;
import org.cairndns.zone.Zones;

/**
 * What one {@code template} directive says. Immutable, any thread.
 *
 * @param zones texts of the zones by name
 * @param qclass class of the questions, {@link DnsClass#ANY} for all
 * @param qtype type of the questions, {@link RecordType#ANY} for all
 * @param patterns at least one; the first that finds something in the name counts
 * @param records templates by section
 * @param rcode of the responses
 * @param ednsOptions the EDE option (RFC 8914) in wire form, if there is one
 * @param fallsThrough names that go on to the next stanza if no pattern fits
 */
record Stanza(
        SuffixTable<String> zones,
        int qclass,
        int qtype,
        List<Pattern> patterns,
        Map<Section, List<TextTemplate>> records,
        int rcode,
        Optional<byte[]> ednsOptions,
        Zones fallsThrough) {
    Stanza {
        patterns = List.copyOf(patterns);
        records = Map.copyOf(records);
    }

    /** True if zone, class and type of the question fit; type and class ANY of a question fit everything. */
    boolean isAbout(Query query) {
        return (qclass == DnsClass.ANY || query.qclass() == DnsClass.ANY || query.qclass() == qclass)
                && (qtype == RecordType.ANY || query.qtype() == RecordType.ANY || query.qtype() == qtype)
                && !zone(query).isEmpty();
    }

    /** True if a template may ask for metadata. */
    boolean usesMetadata() {
        return records.values().stream()
                .flatMap(List::stream)
                .anyMatch(template -> template.source().contains(".Meta"));
    }

    /** The longest of the zones that the question's name is in, empty if it is in none. */
    private String zone(Query query) {
        return zones.find(query.qname(), "");
    }

    /** What the templates see if a pattern fits the name, which is in lower case. */
    Optional<Match> match(Query query, String name) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.find()) {
                int dnsClass = query.qclass() != DnsClass.ANY ? query.qclass() : qclass;
                int type = query.qtype() != RecordType.ANY ? query.qtype() : qtype;
                return Optional.of(new Match(query, zone(query), name, dnsClass, type, matcher));
            }
        }
        return Optional.empty();
    }
}
