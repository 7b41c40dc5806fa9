package org.cairndns.plugin.log;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.History;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Problems;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.BlockContext;
import org.cairndns.plugin.spi.Handler;
import org.cairndns.plugin.spi.Metadata;
import org.cairndns.plugin.spi.Plugin;
import org.cairndns.wire.DomainName;

/** The directive <code>log [NAME... [FORMAT]] { class CLASS... }</code>; its occurrences are rules in file order. */
public final class LogPlugin implements Plugin {
    private static final String ALL = "all";
    private static final List<String> CLASSES =
            List.of(ALL, LogClass.SUCCESS.text(), LogClass.DENIAL.text(), LogClass.ERROR.text());

    private final Clock clock;

    public LogPlugin() {
        this(Clock.systemUTC());
    }

    LogPlugin(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "log";
    }

    @Override
    public void setup(List<Directive> occurrences, BlockContext context, Problems problems) {
        List<LogRule> rules = new ArrayList<>();
        for (Directive occurrence : occurrences) {
            rules.addAll(rules(
                    new OptionReader(occurrence, problems), context.settings().metadata()));
        }
        LogNotes notes = new LogNotes(context.settings().metadata(), clock);
        UnaryOperator<Handler> layer = next -> new LogHandler(next, rules, context.server(), notes);
        context.handler(layer);
        context.notifyHandler(layer);
    }

    private static List<LogRule> rules(OptionReader option, Metadata metadata) {
        List<Token> names = option.args();
        LineFormat format = LineFormat.common();
        if (names.size() > 1 && isFormat(names.getLast())) {
            format = LineFormat.of(names.getLast(), metadata, option.problems());
            names = names.subList(0, names.size() - 1);
        }
        Set<LogClass> classes = classes(option);
        if (names.isEmpty()) {
            return List.of(new LogRule(DomainName.ROOT, format, classes));
        }
        List<LogRule> rules = new ArrayList<>();
        for (Token name : names) {
            History.of("log", name.text()).ifPresent(change -> option.problems().report(name.position(), change));
            Optional<DomainName> scope = scope(name, option);
            if (scope.isPresent()) {
                rules.add(new LogRule(scope.get(), format, classes));
            }
        }
        return rules;
    }

    private static boolean isFormat(Token word) {
        return word.text().indexOf('{') >= 0;
    }

    private static Optional<DomainName> scope(Token name, OptionReader option) {
        String text = name.text();
        if (isFormat(name) || text.indexOf(' ') >= 0) {
            // CoreDNS takes it for a name and then logs nothing.
            option.problems()
                    .warn(
                            name.position(),
                            "'" + text + "' is read as a name; a format holds a placeholder such as {name} and follows"
                                    + " a name: log . \"{common}\"");
        }
        try {
            return Optional.of(DomainName.of(text));
        } catch (IllegalArgumentException e) {
            option.problems().add(name.position(), "bad value for 'log', expected a domain name, got '" + text + "'");
            return Optional.empty();
        }
    }

    private static Set<LogClass> classes(OptionReader option) {
        Set<LogClass> classes = EnumSet.noneOf(LogClass.class);
        for (OptionReader property : option.properties(List.of("class"))) {
            property.hasArgs(1, Integer.MAX_VALUE);
            for (int i = 0; i < property.args().size(); i++) {
                String word = property.word(i, CLASSES);
                for (LogClass one : LogClass.values()) {
                    if (word.equals(ALL) || word.equals(one.text())) {
                        classes.add(one);
                    }
                }
            }
        }
        return classes.isEmpty() ? EnumSet.allOf(LogClass.class) : classes;
    }
}
