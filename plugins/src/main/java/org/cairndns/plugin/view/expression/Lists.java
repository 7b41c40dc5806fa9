package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.ANY;

import java.util.ArrayList;
import java.util.List;

/** Lists, their elements, parts of them and of strings. */
final class Lists {
    private Lists() {}

    /** {@code [a, b, c]}; the list has a type of its own if all elements have one. */
    static Node of(List<Node> nodes) {
        ValueType element = nodes.isEmpty() ? ANY : nodes.getFirst().type();
        for (Node node : nodes) {
            element = node.type().equals(element) ? element : ANY;
        }
        Node[] parts = nodes.toArray(Node[]::new);
        Evaluation evaluation = frame -> {
            List<Object> values = new ArrayList<>(parts.length);
            for (Node part : parts) {
                values.add(part.value(frame));
            }
            return values;
        };
        return Node.of(new ValueType.Listed(element), evaluation, parts);
    }

    /** {@code list[index]}, below 0 from the end. */
    static Node element(Node list, Node index, int at) throws ExpressionException {
        if (!list.type().isList() && !list.type().isAny()) {
            throw new ExpressionException("'[...]' does not take " + list.type() + ", expected a list", at);
        }
        checkIndex(index, at);
        return Node.of(
                list.type().elementType(),
                frame -> {
                    List<?> values = Values.asList(list.value(frame));
                    long place = Values.asInt(index.value(frame));
                    place += place < 0 ? values.size() : 0;
                    if (place < 0 || place >= values.size()) {
                        throw new EvaluationException("no element " + place + " of " + values.size());
                    }
                    return values.get((int) place);
                },
                list,
                index);
    }

    /** {@code list[from:to]}, without the element at {@code to}; of strings too. */
    static Node slice(Node whole, Node from, Node to, int at) throws ExpressionException {
        if (!whole.type().isList() && !whole.type().isString() && !whole.type().isAny()) {
            throw new ExpressionException("'[:]' does not take " + whole.type() + ", expected a list or a string", at);
        }
        checkIndex(from, at);
        checkIndex(to, at);
        return Node.of(
                whole.type(),
                frame -> slice(whole.value(frame), Values.asInt(from.value(frame)), Values.asInt(to.value(frame))),
                whole,
                from,
                to);
    }

    private static Object slice(Object whole, long from, long to) {
        if (whole instanceof String text) {
            int end = place(to, text.length());
            return text.substring(Math.min(place(from, text.length()), end), end);
        }
        List<?> list = Values.asList(whole);
        int end = place(to, list.size());
        return list.subList(Math.min(place(from, list.size()), end), end);
    }

    private static int place(long index, int size) {
        return (int) Math.clamp(index < 0 ? index + size : index, 0L, (long) size);
    }

    private static void checkIndex(Node index, int at) throws ExpressionException {
        if (!index.type().isInt() && !index.type().isAny()) {
            throw new ExpressionException("'[...]' takes ints, got " + index.type(), at);
        }
    }
}
