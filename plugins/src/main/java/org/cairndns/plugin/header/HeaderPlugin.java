package org.cairndns.plugin.header;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Suggestions;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Plugin;

/** The directive <code>header { query|response set|clear FLAG... }</code>; the first of several holds. */
public final class HeaderPlugin implements Plugin {
    private static final String QUERY = "query";
    private static final String SET = "set";
    private static final List<String> SELECTORS = List.of(QUERY, "response");
    private static final List<String> ACTIONS = List.of(SET, "clear");
    private static final List<String> FLAGS = Arrays.stream(FlagRule.Flag.values())
            .map(flag -> flag.name().toLowerCase(Locale.ROOT))
            .toList();

    @Override
    public String name() {
        return "header";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        Directive directive = occurrences.getFirst();
        if (!directive.args().isEmpty()) {
            bad(directive.args().getFirst(), List.of("{"), problems);
        }
        if (directive.properties().isEmpty()) {
            problems.add(directive.position(), "missing rule for 'header', expected query or response, got none");
        }
        List<FlagRule> ofQueries = new ArrayList<>();
        List<FlagRule> ofResponses = new ArrayList<>();
        for (Directive line : directive.properties()) {
            String selector = lower(line.name());
            if (SELECTORS.contains(selector)) {
                boolean query = selector.equals(QUERY);
                rules(line, query, query ? ofQueries : ofResponses, problems);
            } else {
                History.of(name(), selector)
                        .ifPresentOrElse(
                                change -> problems.report(line.position(), change),
                                () -> bad(line.name(), SELECTORS, problems));
            }
        }
        context.handler(next -> new HeaderHandler(next, ofQueries, ofResponses));
    }

    private static void rules(Directive line, boolean ofQueries, List<FlagRule> rules, Problems problems) {
        List<Token> args = line.args();
        if (args.size() < 2) {
            problems.add(
                    line.position(), "missing value for '" + line.name().text() + "', expected set or clear and flags");
            return;
        }
        String action = lower(args.getFirst());
        if (!ACTIONS.contains(action)) {
            bad(args.getFirst(), ACTIONS, problems);
        }
        for (Token word : args.subList(1, args.size())) {
            int flag = FLAGS.indexOf(lower(word));
            if (flag < 0) {
                bad(word, FLAGS, problems);
                continue;
            }
            FlagRule rule = new FlagRule(FlagRule.Flag.values()[flag], action.equals(SET));
            rules.add(rule);
            if (ofQueries && rule.flag() != FlagRule.Flag.RD) {
                problems.warn(word.position(), "'" + word.text() + "' has no meaning in a query, nothing is changed");
            }
        }
    }

    private static void bad(Token word, List<String> expected, Problems problems) {
        problems.add(
                word.position(),
                "bad value for 'header', expected " + String.join(", ", expected) + ", got '" + word.text() + "'"
                        + Suggestions.hint(lower(word), expected));
    }

    private static String lower(Token word) {
        return word.text().toLowerCase(Locale.ROOT);
    }
}
