package org.cairndns.plugin.rewrite;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Locale;
import org.cairndns.corefile.CorefileException;
import org.cairndns.plugin.spi.Regexps;
import org.cairndns.wire.DomainName;

/** Reader of the names and patterns of rules. */
final class PatternReader {
    static final String EXACT = "exact";
    static final String PREFIX = "prefix";
    static final String SUFFIX = "suffix";
    static final String SUBSTRING = "substring";
    static final String REGEX = "regex";

    private static final List<String> KINDS = List.of(EXACT, PREFIX, SUFFIX, SUBSTRING, REGEX);

    private PatternReader() {}

    /** The kind in front of a pattern; without one {@code exact}, for which {@code rest} words must be left. */
    static String kind(RuleWords words, int rest) throws CorefileException {
        return words.left() <= rest ? EXACT : words.choice(KINDS);
    }

    /** The pattern of a kind, its text made absolute. */
    static NamePattern absolute(String kind, RuleWords words) throws CorefileException {
        return switch (kind) {
            case REGEX -> new NamePattern.Regex(regex(words));
            case EXACT -> new NamePattern.Exact(name(words));
            default -> ofText(kind, absoluteText(words.next("a part of a domain name")));
        };
    }

    /** The pattern of a kind, text that is no whole name as it stands. */
    static NamePattern literal(String kind, RuleWords words) throws CorefileException {
        return switch (kind) {
            case REGEX, EXACT -> absolute(kind, words);
            default -> ofText(kind, words.next("a part of a domain name").toLowerCase(Locale.ROOT));
        };
    }

    private static NamePattern ofText(String kind, String text) {
        return switch (kind) {
            case PREFIX -> new NamePattern.Prefix(text);
            case SUFFIX -> new NamePattern.Suffix(text);
            default -> new NamePattern.Substring(text);
        };
    }

    /** What a pattern's match is replaced by: a name for a whole name, else text. */
    static String replacement(NamePattern pattern, RuleWords words, boolean absolute) throws CorefileException {
        if (pattern instanceof NamePattern.Exact) {
            return Subject.textOf(name(words));
        }
        String word = words.next("a replacement");
        if (pattern instanceof NamePattern.Regex regex
                && GroupReferences.highest(word) > regex.pattern().groupCount()) {
            throw words.bad(
                    "references to at most " + regex.pattern().groupCount() + " groups, as the regular expression has");
        }
        return absolute ? absoluteText(word) : word.toLowerCase(Locale.ROOT);
    }

    private static DomainName name(RuleWords words) throws CorefileException {
        String text = words.next("a domain name");
        try {
            return DomainName.of(text);
        } catch (IllegalArgumentException e) {
            throw words.bad("a domain name (" + e.getMessage() + ")");
        }
    }

    private static Pattern regex(RuleWords words) throws CorefileException {
        try {
            return Regexps.compile(words.next("a regular expression"));
        } catch (IllegalArgumentException e) {
            throw words.bad(String.valueOf(e.getMessage()));
        }
    }

    private static String absoluteText(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower : lower + ".";
    }
}
