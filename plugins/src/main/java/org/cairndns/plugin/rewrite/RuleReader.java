package org.cairndns.plugin.rewrite;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.wire.DnsClass;
import org.cairndns.wire.Query;
import org.cairndns.wire.Rcode;
import org.cairndns.wire.RecordType;

/** Reader of one rule: <code>[continue|stop] FIELD ...</code>. */
final class RuleReader {
    private static final String STOP = "stop";
    private static final String CONTINUE = "continue";
    private static final List<String> FIELDS = List.of("name", "type", "class", "edns0", "ttl", "cname", "rcode");
    private static final int MAX_RCODE = 23;

    private RuleReader() {}

    static Rule.Entry read(Directive directive, Metadata metadata) throws CorefileException {
        RuleWords words = new RuleWords(directive);
        String mode = words.optional(List.of(STOP, CONTINUE), STOP);
        Rule rule = switch (words.choice(FIELDS)) {
            case "name" -> NameRuleReader.read(words);
            case "type" -> type(words);
            case "class" -> dnsClass(words);
            case "edns0" -> EdnsRuleReader.read(words, metadata);
            case "ttl" -> ttl(words);
            case "cname" -> alias(words);
            default -> rcode(words);
        };
        words.end();
        return new Rule.Entry(rule, mode.equals(STOP));
    }

    private static Rule type(RuleWords words) throws CorefileException {
        int from = type("a record type", words);
        int to = type("a record type", words);
        return subject -> {
            Query query = subject.query();
            return query.qtype() == from
                    ? new Rule.Match(query.withQuestion(query.qname(), to, query.qclass()), List.of())
                    : null;
        };
    }

    private static int type(String expected, RuleWords words) throws CorefileException {
        OptionalInt code = RecordType.parse(words.next(expected).toUpperCase(Locale.ROOT));
        return code.orElseThrow(() -> words.bad(expected));
    }

    private static Rule dnsClass(RuleWords words) throws CorefileException {
        int from = dnsClassCode(words);
        int to = dnsClassCode(words);
        return subject -> {
            Query query = subject.query();
            return query.qclass() == from
                    ? new Rule.Match(query.withQuestion(query.qname(), query.qtype(), to), List.of())
                    : null;
        };
    }

    private static int dnsClassCode(RuleWords words) throws CorefileException {
        String expected = "one of IN, CH, HS, NONE, ANY";
        OptionalInt code = DnsClass.parse(words.next(expected).toUpperCase(Locale.ROOT));
        return code.orElseThrow(() -> words.bad(expected));
    }

    private static Rule ttl(RuleWords words) throws CorefileException {
        NamePattern pattern = PatternReader.absolute(PatternReader.kind(words, 2), words);
        return forResponses(pattern, TtlBounds.read(words));
    }

    private static Rule rcode(RuleWords words) throws CorefileException {
        NamePattern pattern = PatternReader.absolute(PatternReader.kind(words, 3), words);
        return forResponses(pattern, new ResponseRule.Rcodes(rcodeNumber(words), rcodeNumber(words)));
    }

    private static int rcodeNumber(RuleWords words) throws CorefileException {
        String expected = "an RCODE from 0 to " + MAX_RCODE + " or its mnemonic";
        String word = words.next(expected);
        if (!word.isEmpty() && word.length() <= 2 && word.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int number = Integer.parseInt(word);
            if (number <= MAX_RCODE) {
                return number;
            }
        }
        return Rcode.parse(word).orElseThrow(() -> words.bad(expected));
    }

    private static Rule forResponses(NamePattern pattern, ResponseRule response) {
        List<ResponseRule> rules = List.of(response);
        return subject -> pattern.matches(subject) ? new Rule.Match(subject.query(), rules) : null;
    }

    private static Rule alias(RuleWords words) throws CorefileException {
        NamePattern pattern = PatternReader.literal(PatternReader.kind(words, 2), words);
        String replacement = PatternReader.replacement(pattern, words, false);
        NameMapping mapping = new NameMapping.Matching(pattern, replacement);
        return subject -> new Rule.Match(subject.query(), List.of(new ResponseRule.Alias(mapping, subject.query())));
    }
}
