package org.cairndns.plugin.view.expression;

/** A fault in the text of an expression. */
public final class ExpressionException extends Exception {
    private static final long serialVersionUID = 1;

    private final int offset;

    /**
     * @param offset of the fault, in characters from the beginning of the text
     */
    public ExpressionException(String message, int offset) {
        super(message);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
