package org.cairndns.plugin.view.expression;

import java.util.List;

/**
 * One call of a function.
 *
 * @param at where the function's name is, in characters from the beginning of the expression
 */
public record Call(String name, List<Node> arguments, int at) {
    public Call {
        arguments = List.copyOf(arguments);
    }

    /** An argument, from 0. */
    public Node argument(int index) {
        return arguments.get(index);
    }

    /** The fault that the call does not suit the function. */
    public ExpressionException fault(String message) {
        return new ExpressionException(name + "(): " + message, at);
    }

    /** Checks the number of arguments. */
    public void hasArguments(int min, int max) throws ExpressionException {
        int count = arguments.size();
        if (count < min || count > max) {
            String expected = min == max
                    ? String.valueOf(min)
                    : max == Integer.MAX_VALUE ? "at least " + min : min + " to " + max;
            throw fault("expected " + expected + " arguments, got " + count);
        }
    }

    /** Checks that an argument is of a type as far as that is known. */
    public void has(int index, ValueType type) throws ExpressionException {
        ValueType found = arguments.get(index).type();
        boolean integerAsFloat = type == ValueType.Simple.FLOAT && found.isInt();
        if (!found.fits(type) && !integerAsFloat) {
            throw fault("expected " + type + " as argument " + (index + 1) + ", got " + found);
        }
    }

    Node[] parts() {
        return arguments.toArray(Node[]::new);
    }
}
