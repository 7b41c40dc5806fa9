package org.cairndns.plugin.view.expression;

/** A function that expressions may call; checks its arguments' types before a query comes. */
@FunctionalInterface
public interface Function {
    /**
     * The node of a call.
     *
     * @throws ExpressionException if the function does not take these arguments
     */
    Node call(Call call) throws ExpressionException;
}
