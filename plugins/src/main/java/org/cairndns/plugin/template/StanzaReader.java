package org.cairndns.plugin.template;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.IntegerBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.ServerBlock;
import org.cairndns.corefile.Token;
import org.cairndns.corefile.ZoneNames;
import org.cairndns.plugin.spi.Regexps;
import org.cairndns.plugin.template.text.TemplateSyntaxException;
import org.cairndns.plugin.template.text.TextTemplate;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.DomainName;
import org.cairndns.wire.EdnsOptions;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;
import org.cairndns.wire.Section;
import org.cairndns.zone.SuffixTable;
import org.cairndns.zone.Zones;

/** Reader of one {@code template} directive; one object reads one directive. */
final class StanzaReader {
    private static final List<String> PROPERTIES =
            List.of("match", "answer", "additional", "authority", "rcode", "ederror", "fallthrough", "var", "expr");
    private static final IntegerBounds EDE_CODE = new IntegerBounds(0, 0xffff, 0);

    /** Code of the option Extended DNS Error, RFC 8914 2. */
    private static final int MAX_EDE_TEXT_OCTETS = 1024;

    private final OptionReader option;
    private final Problems problems;
    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<Section, List<TextTemplate>> records = new EnumMap<>(Section.class);
    private int rcode = Rcode.NOERROR;
    private Optional<byte[]> ednsOptions = Optional.empty();
    private Zones fallsThrough = Zones.NONE;

    private StanzaReader(OptionReader option) {
        this.option = option;
        this.problems = option.problems();
    }

    /** The stanza, empty if its class or type is missing; what is wrong goes to {@code problems}. */
    static Optional<Stanza> read(Directive directive, ServerBlock block, Problems problems) {
        return new StanzaReader(new OptionReader(directive, problems)).read(block);
    }

    private Optional<Stanza> read(ServerBlock block) {
        option.properties(PROPERTIES).forEach(this::property);
        if (!option.hasArgs(2, Integer.MAX_VALUE)) {
            return Optional.empty();
        }
        int qclass = mnemonic(
                0, DnsClass.parse(option.args().getFirst().text()), "a class in upper case, such as IN or ANY");
        int qtype =
                mnemonic(1, RecordType.parse(option.args().get(1).text()), "a type in upper case, such as A or ANY");
        List<Token> zoneArgs = option.args().subList(2, option.args().size());
        Map<DomainName, String> zones = new LinkedHashMap<>();
        ZoneNames.parseZoneArguments(zoneArgs, block, problems)
                .forEach(zone -> zones.putIfAbsent(DomainName.of(zone), zone));
        if (patterns.isEmpty()) {
            patterns.add(Pattern.compile(".*"));
        }
        return Optional.of(new Stanza(
                new SuffixTable<>(zones), qclass, qtype, patterns, records, rcode, ednsOptions, fallsThrough));
    }

    private int mnemonic(int index, OptionalInt code, String expected) {
        if (code.isEmpty()) {
            bad(option, option.args().get(index), expected);
        }
        return code.orElse(0);
    }

    private void property(OptionReader property) {
        switch (property.name()) {
            case "match" -> match(property);
            case "answer" -> templates(property, Section.ANSWER);
            case "additional" -> templates(property, Section.ADDITIONAL);
            case "authority" -> templates(property, Section.AUTHORITY);
            case "rcode" -> rcode(property);
            case "ederror" -> extendedError(property);
            case "fallthrough" -> fallsThrough = Zones.of(property.fallthroughZones());
            default ->
                property.fail(
                        "'" + property.name() + "' of 'template' is not supported, CoreDNS 1.14.7 has it not either");
        }
    }

    private void match(OptionReader property) {
        if (property.hasArgs(1, Integer.MAX_VALUE)) {
            property.args().forEach(token -> Regexps.read(property, token).ifPresent(patterns::add));
        }
    }

    private void templates(OptionReader property, Section section) {
        if (!property.hasArgs(1, Integer.MAX_VALUE)) {
            return;
        }
        for (Token token : property.args()) {
            try {
                records.computeIfAbsent(section, any -> new ArrayList<>())
                        .add(TextTemplate.compile(token.text(), Match.FIELDS));
            } catch (TemplateSyntaxException e) {
                problems.add(token.position(), "bad template for '" + property.name() + "', " + e.getMessage());
            }
        }
    }

    private void rcode(OptionReader property) {
        if (!property.hasArgs(1)) {
            return;
        }
        Token token = property.args().getFirst();
        OptionalInt code = Rcode.parse(token.text());
        if (code.isEmpty() || !Set.of(Rcode.text(code.getAsInt()), "NOTIMPL").contains(token.text())) {
            bad(property, token, "a response code in upper case, such as NXDOMAIN");
        }
        rcode = code.orElse(Rcode.NOERROR);
    }

    private void extendedError(OptionReader property) {
        if (!property.hasArgs(1, 2)) {
            return;
        }
        int code = property.integer(0, EDE_CODE);
        byte[] reason = property.args().size() == 1
                ? new byte[0]
                : property.args().get(1).text().getBytes(StandardCharsets.UTF_8);
        if (reason.length > MAX_EDE_TEXT_OCTETS) {
            bad(property, property.args().get(1), "a reason of at most " + MAX_EDE_TEXT_OCTETS + " octets");
            return;
        }
        ednsOptions = Optional.of(EdnsOptions.extendedError(code, reason));
    }

    private void bad(OptionReader reader, Token token, String expected) {
        problems.add(
                token.position(),
                "bad value for '" + reader.name() + "', expected " + expected + ", got '" + token.text() + "'");
    }
}
