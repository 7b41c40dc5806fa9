package org.cairndns.plugin.view.expression;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The operator {@code in}. */
final class Membership {
    private Membership() {}

    /** The node, empty if the right side is no list. */
    static Optional<Node> of(Node left, Node right, int at) throws ExpressionException {
        ValueType list = right.type();
        if (list.isList() && !left.type().isComparableTo(list.elementType())) {
            throw new ExpressionException("no " + left.type() + " is in a list of " + list.elementType(), at);
        }
        boolean fits = list.isList() || list.isAny();
        if (!fits) {
            return Optional.empty();
        }
        if (list.elementType().isString() && right.constant().orElse(Nil.NIL) instanceof List<?> constants) {
            Set<Object> set = constants.stream().collect(Collectors.toUnmodifiableSet());
            return Optional.of(Node.of(ValueType.Simple.BOOL, frame -> set.contains(left.value(frame)), left));
        }
        return Optional.of(
                Node.of(ValueType.Simple.BOOL, frame -> isIn(left.value(frame), right.value(frame)), left, right));
    }

    private static boolean isIn(Object value, Object list) {
        if (list instanceof IntRange range) {
            return range.contains(value);
        }
        if (list == Nil.NIL) {
            return false;
        }
        List<?> elements = Values.asList(list);
        for (int i = 0; i < elements.size(); i++) {
            if (Values.equal(elements.get(i), value)) {
                return true;
            }
        }
        return false;
    }
}
