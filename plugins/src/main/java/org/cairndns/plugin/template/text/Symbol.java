package org.cairndns.plugin.template.text;

/**
 * One piece of a template's text.
 *
 * @param text the piece; for {@link Kind#STRING} without quotes and escapes
 * @param offset where it starts in the template, in characters
 * @param spaced true if white space stands in front of it
 */
record Symbol(Kind kind, String text, int offset, boolean spaced) {
    /** What a piece is. */
    enum Kind {
        /** Text outside of actions. */
        TEXT,
        OPEN,
        CLOSE,
        /** Keyword, function, {@code true}, {@code false} or {@code nil}. */
        WORD,
        /** A dot and a name, {@code text} being the name. */
        FIELD,
        DOT,
        /** {@code $} or {@code $name}. */
        VARIABLE,
        STRING,
        NUMBER,
        /** {@code | ( ) , := =}. */
        MARK,
        END
    }

    boolean is(Kind wanted, String wantedText) {
        return kind == wanted && text.equals(wantedText);
    }

    /** The piece as an error shows it. */
    String shown() {
        return switch (kind) {
            case END -> "end of template";
            case OPEN -> "'{{'";
            case CLOSE -> "'}}'";
            case FIELD -> "'." + text + "'";
            case TEXT, WORD, DOT, VARIABLE, STRING, NUMBER, MARK -> "'" + text + "'";
        };
    }
}
