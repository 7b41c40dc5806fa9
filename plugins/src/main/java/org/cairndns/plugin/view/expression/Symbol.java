package org.cairndns.plugin.view.expression;

/**
 * One symbol of an expression.
 *
 * @param text of the symbol; of strings what they stand for
 * @param at where it begins, in characters from the beginning of the expression
 */
record Symbol(Kind kind, String text, int at) {
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /** Operators, brackets, and words that are operators. */
        MARK,
        END
    }

    boolean isMark(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    /** How messages call it. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
