package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;

import java.util.List;
import java.util.Map;

/** Functions of lists, as far as they take no predicate. */
final class ListFunctions {
    private ListFunctions() {}

    static Map<String, Function> all() {
        return Map.of(
                "len", ListFunctions::length,
                "first", call -> element(call, true),
                "last", call -> element(call, false));
    }

    private static Node length(Call call) throws ExpressionException {
        call.hasArguments(1, 1);
        Node argument = call.argument(0);
        if (!argument.type().isList()
                && !argument.type().isString()
                && !argument.type().isAny()) {
            throw call.fault("expected a string or a list, got " + argument.type());
        }
        return Node.of(INT, frame -> length(argument.value(frame)), argument);
    }

    private static Object length(Object value) {
        return value instanceof String text
                ? (long) text.codePointCount(0, text.length())
                : (long) Values.asList(value).size();
    }

    private static Node element(Call call, boolean first) throws ExpressionException {
        call.hasArguments(1, 1);
        Node argument = call.argument(0);
        if (!argument.type().isList() && !argument.type().isAny()) {
            throw call.fault("expected a list, got " + argument.type());
        }
        return Node.of(
                argument.type().elementType(),
                frame -> {
                    List<?> list = Values.asList(argument.value(frame));
                    return list.isEmpty() ? Nil.NIL : first ? list.getFirst() : list.getLast();
                },
                argument);
    }
}
