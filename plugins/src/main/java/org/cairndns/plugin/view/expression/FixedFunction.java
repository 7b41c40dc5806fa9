package org.cairndns.plugin.view.expression;

import java.util.List;

/**
 * A function of values of fixed types, and of nothing else.
 *
 * @param parameters types of the arguments
 * @param required number of arguments at least; the others may be left out
 */
record FixedFunction(ValueType result, List<ValueType> parameters, int required, Body body) implements Function {
    /** What the function makes of its arguments. */
    @FunctionalInterface
    interface Body {
        /**
         * The value; fewer arguments than parameters where some are left out.
         *
         * @throws EvaluationException if there is none
         */
        Object of(Object[] arguments);
    }

    FixedFunction {
        parameters = List.copyOf(parameters);
    }

    @Override
    public Node call(Call call) throws ExpressionException {
        call.hasArguments(required, parameters.size());
        for (int i = 0; i < call.arguments().size(); i++) {
            call.has(i, parameters.get(i));
        }
        Node[] parts = call.parts();
        return Node.of(result, frame -> body.of(values(parts, frame)), parts);
    }

    private static Object[] values(Node[] parts, Frame frame) {
        Object[] values = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            values[i] = parts[i].value(frame);
        }
        return values;
    }
}
