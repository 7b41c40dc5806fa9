package org.cairndns.plugin.spi;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import org.cairndns.corefile.OptionReader;
import org.cairndns.corefile.Token;

/** Regular expressions in the Corefile: RE2 syntax, which needs no more time than the text is long. */
public final class Regexps {
    private static final int MAX_CHARACTERS = 10_000;

    private Regexps() {}

    /** The pattern of an argument of an option, empty after a problem. */
    public static Optional<Pattern> read(OptionReader option, Token token) {
        String text = token.text();
        if (text.length() > MAX_CHARACTERS) {
            bad(
                    option,
                    token,
                    "a regular expression of at most " + MAX_CHARACTERS + " characters",
                    text.length() + " characters");
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException e) {
            bad(option, token, "a regular expression in RE2 syntax", "'" + text + "' (" + e.getDescription() + ")");
            return Optional.empty();
        }
    }

    private static void bad(OptionReader option, Token token, String expected, String got) {
        option.problems()
                .add(token.position(), "bad value for '" + option.name() + "', expected " + expected + ", got " + got);
    }
}
