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
        try {
            return Optional.of(compile(text));
        } catch (IllegalArgumentException e) {
            String got = text.length() > MAX_CHARACTERS ? text.length() + " characters" : "'" + text + "'";
            option.problems()
                    .add(
                            token.position(),
                            "bad value for '" + option.name() + "', expected " + e.getMessage() + ", got " + got);
            return Optional.empty();
        }
    }

    /**
     * The pattern of a text.
     *
     * @throws IllegalArgumentException with what was expected
     */
    public static Pattern compile(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new IllegalArgumentException("a regular expression of at most " + MAX_CHARACTERS + " characters");
        }
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("a regular expression in RE2 syntax (" + e.getDescription() + ")", e);
        }
    }
}
