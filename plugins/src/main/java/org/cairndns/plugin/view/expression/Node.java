package org.cairndns.plugin.view.expression;

import java.util.Optional;

/**
 * A part of an expression, ready to be evaluated.
 *
 * @param constant the value if no query changes it
 * @param depth number of nodes from here to the farthest leaf
 */
public record Node(ValueType type, Evaluation evaluation, Optional<Object> constant, int depth) {
    /** A value that is the same for all queries. */
    static Node constant(ValueType type, Object value) {
        return new Node(type, frame -> value, Optional.of(value), 1);
    }

    /** A value that depends on more than its parts. */
    public static Node varying(ValueType type, Evaluation evaluation, Node... parts) {
        return new Node(type, evaluation, Optional.empty(), depth(parts));
    }

    /** A value that depends on its parts alone; it is found at once if they are constant. */
    static Node of(ValueType type, Evaluation evaluation, Node... parts) {
        for (Node part : parts) {
            if (part.constant.isEmpty()) {
                return varying(type, evaluation, parts);
            }
        }
        try {
            return constant(type, evaluation.of(Frame.ofConstants()));
        } catch (EvaluationException e) {
            // Fails for every query then.
            return varying(type, evaluation, parts);
        }
    }

    private static int depth(Node... parts) {
        int deepest = 0;
        for (Node part : parts) {
            deepest = Math.max(deepest, part.depth);
        }
        return deepest + 1;
    }

    Object value(Frame frame) {
        return evaluation.of(frame);
    }

    boolean test(Frame frame) {
        return Values.asBool(evaluation.of(frame));
    }
}
