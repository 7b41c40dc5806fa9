package org.cairndns.plugin.errors;

import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cairndns.corefile.DurationBounds;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Token;
import org.cairndns.plugin.spi.Regexps;
import org.slf4j.event.Level;

/** Reader of the property <code>consolidate DURATION REGEXP [LEVEL] [show_first]</code>. */
final class ConsolidationReader {
    private static final DurationBounds PERIOD =
            new DurationBounds(Duration.ZERO, DurationBounds.UNBOUNDED, Duration.ZERO);
    private static final String SHOW_FIRST = "show_first";
    private static final Map<String, Level> LEVELS =
            Map.of("warning", Level.WARN, "error", Level.ERROR, "info", Level.INFO, "debug", Level.DEBUG);

    private ConsolidationReader() {}

    /** The rule, empty after a problem. */
    static Optional<Consolidation> read(OptionReader option) {
        if (!option.hasArgs(2, 4)) {
            return Optional.empty();
        }
        Duration period = option.duration(0, PERIOD);
        Optional<Pattern> pattern = Regexps.read(option, option.args().get(1));
        List<Token> words = option.args().subList(2, option.args().size());
        Optional<Level> level = words.stream()
                .map(word -> Optional.ofNullable(LEVELS.get(word.text())))
                .flatMap(Optional::stream)
                .findFirst();
        for (int i = 0; i < words.size(); i++) {
            boolean isLevel = LEVELS.containsKey(words.get(i).text());
            boolean inPlace = isLevel ? i == 0 : words.get(i).text().equals(SHOW_FIRST) && i == words.size() - 1;
            if (!inPlace) {
                bad(
                        option,
                        words.get(i),
                        "a level (error, warning, info, debug) and then show_first, each once at most",
                        quoted(words.get(i)));
            }
        }
        boolean showFirst = words.stream().anyMatch(word -> word.text().equals(SHOW_FIRST));
        return pattern.map(regexp -> new Consolidation(period, regexp, level.orElse(Level.ERROR), showFirst));
    }

    private static void bad(OptionReader option, Token token, String expected, String got) {
        option.problems()
                .add(token.position(), "bad value for '" + option.name() + "', expected " + expected + ", got " + got);
    }

    private static String quoted(Token token) {
        return "'" + token.text() + "'";
    }
}
