package org.cairndns.plugin.rewrite;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cairndns.corefile.CorefileException;
import org.cairndns.corefile.Directive;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Token;

/**
 * Words of one rule, read from the front; a fault is an exception at the word's place.
 *
 * <p>A rule stands on the line of its directive, or in a block when the line has one word at most.
 */
final class RuleWords {
    private final Position position;
    private final List<Token> words;
    private int at;

    RuleWords(Directive directive) throws CorefileException {
        this.position = directive.position();
        if (directive.args().size() > 1 && directive.hasBlock()) {
            throw new CorefileException(
                    position, "unexpected block, expected a rule of 'rewrite' on its line or in a block, got both");
        }
        this.words = Stream.concat(
                        directive.args().stream(),
                        directive.properties().stream()
                                .flatMap(line -> Stream.concat(Stream.of(line.name()), line.args().stream())))
                .toList();
    }

    /** Number of words not read yet. */
    int left() {
        return words.size() - at;
    }

    /** The next word in lower case, read only if it is one of these. */
    String optional(List<String> choices, String otherwise) {
        if (left() == 0) {
            return otherwise;
        }
        String word = words.get(at).text().toLowerCase(Locale.ROOT);
        if (!choices.contains(word)) {
            return otherwise;
        }
        at++;
        return word;
    }

    /** One of these words, letter case aside. */
    String choice(List<String> choices) throws CorefileException {
        String expected = "one of " + String.join(", ", choices);
        String word = next(expected).toLowerCase(Locale.ROOT);
        if (!choices.contains(word)) {
            throw bad(expected);
        }
        return word;
    }

    String next(String expected) throws CorefileException {
        if (left() == 0) {
            throw new CorefileException(
                    position, "missing value for 'rewrite', expected " + expected + ", got the end of the rule");
        }
        return words.get(at++).text();
    }

    /** Where the word read last is. */
    Position position() {
        return words.get(at - 1).position();
    }

    /** The fault that the word read last is not what was expected. */
    CorefileException bad(String expected) {
        Token word = words.get(at - 1);
        return new CorefileException(
                word.position(), "bad value for 'rewrite', expected " + expected + ", got '" + word.text() + "'");
    }

    /** Checks that every word was read. */
    void end() throws CorefileException {
        if (left() > 0) {
            throw new CorefileException(
                    words.get(at).position(),
                    "unexpected word in a rule of 'rewrite', expected its end, got '"
                            + words.get(at).text() + "'");
        }
    }
}
