package org.cairndns.plugin.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.corefile.CorefileException;

/** Reader of <code>name [KIND] FROM TO [answer ...]</code>. */
final class NameRuleReader {
    private static final String ANSWER = "answer";
    private static final String AUTO = "auto";
    private static final String NAME = "name";
    private static final String VALUE = "value";

    private NameRuleReader() {}

    static Rule read(RuleWords words) throws CorefileException {
        String kind = PatternReader.kind(words, 2);
        NamePattern pattern = PatternReader.absolute(kind, words);
        String replacement = PatternReader.replacement(pattern, words, true);
        boolean automatic = false;
        boolean named = false;
        List<ResponseRule> answers = new ArrayList<>();
        boolean more = words.left() > 0;
        if (more) {
            words.choice(List.of(ANSWER));
        }
        while (more) {
            String what = words.choice(List.of(AUTO, NAME, VALUE));
            automatic |= what.equals(AUTO);
            named |= what.equals(NAME);
            if (automatic && named) {
                throw words.bad("either 'auto' or 'name'");
            }
            if (!what.equals(AUTO)) {
                answers.addFirst(answer(what, words));
            }
            boolean announced = words.optional(List.of(ANSWER), "").equals(ANSWER);
            more = announced || words.left() > 0;
        }
        return switch (pattern) {
            case NamePattern.Exact exact -> new NameRule(exact, replacement, true, List.copyOf(answers));
            case NamePattern.Suffix suffix -> suffix(suffix, replacement, automatic, answers);
            case NamePattern.Prefix any -> new NameRule(any, replacement, automatic, List.copyOf(answers));
            case NamePattern.Substring any -> new NameRule(any, replacement, automatic, List.copyOf(answers));
            case NamePattern.Regex any -> new NameRule(any, replacement, automatic, List.copyOf(answers));
        };
    }

    /** The way back of a suffix holds for every name with the new one, not for the qname only. */
    private static Rule suffix(
            NamePattern.Suffix pattern, String replacement, boolean automatic, List<ResponseRule> answers) {
        List<ResponseRule> rules = new ArrayList<>(answers);
        if (automatic) {
            NamePattern back = new NamePattern.Suffix(replacement);
            rules.addAll(NameRule.both(new NameMapping.Matching(back, pattern.text())));
        }
        return new NameRule(pattern, replacement, false, List.copyOf(rules));
    }

    private static ResponseRule answer(String what, RuleWords words) throws CorefileException {
        NamePattern pattern = PatternReader.absolute(PatternReader.REGEX, words);
        NameMapping mapping = new NameMapping.Matching(pattern, PatternReader.replacement(pattern, words, true));
        return what.equals(NAME) ? new ResponseRule.Owners(mapping) : new ResponseRule.Targets(mapping);
    }
}
