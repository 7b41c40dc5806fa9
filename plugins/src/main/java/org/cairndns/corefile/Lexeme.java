package org.cairndns.corefile;

/**
 * A token as the lexer saw it.
 *
 * @param startsLine whether it is the first token of its line; a quoted token that spans lines makes them one line
 */
record Lexeme(Token token, boolean startsLine) {

    String text() {
        return token.text();
    }

    Position position() {
        return token.position();
    }

    /** Whether it is a line of closing braces without blanks, which is a word like any other. */
    boolean isBraces() {
        return startsLine && text().length() > 1 && text().chars().allMatch(c -> c == '}');
    }

    boolean is(String text) {
        return token.text().equals(text);
    }
}
