package org.cairndns.plugin.view.expression;

/** An expression that has no value for a query, such as a division by zero; ordinary, so without a stack. */
public final class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A failure; the message is for tests and explanations. */
    public EvaluationException(String message) {
        super(message, null, false, false);
    }
}
