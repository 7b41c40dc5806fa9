package org.cairndns.plugin.template.text;

import java.util.List;

/** What an action computes; pipes are calls already. */
sealed interface Expression {
    /** A literal, or {@link NoValue} for {@code nil}. */
    record Constant(Object value) implements Expression {}

    /** The data that the innermost {@code with} or {@code range} is about. */
    record Dot() implements Expression {}

    /**
     * A variable.
     *
     * @param slot 0 for <code>$</code>, the data of the whole template
     */
    record Variable(int slot) implements Expression {}

    /**
     * A key of a map, called if it is a {@link Method}.
     *
     * @param args for a method
     */
    record Field(Expression receiver, String name, List<Expression> args) implements Expression {}

    /** A variable that takes a value, which is the value of the whole, too. */
    record Assign(int slot, Expression value) implements Expression {}

    /** A call of a function. */
    record Call(Function function, List<Expression> args) implements Expression {}
}
