package org.cairndns.plugin.view.expression;

/** How a value is found: a Boolean, Long, Double, String, list of such or nil. Any thread. */
@FunctionalInterface
public interface Evaluation {
    /**
     * The value for a query.
     *
     * @throws EvaluationException if there is none
     */
    Object of(Frame frame);
}
