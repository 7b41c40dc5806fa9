package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.ANY;
import static org.cairndns.plugin.view.expression.ValueType.Simple.BOOL;
import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;
import static org.cairndns.plugin.view.expression.ValueType.Simple.NIL;

import java.util.Map;
import java.util.Optional;

/** The operators: how strongly they bind, what they take, what they give. */
final class Operators {
    /** How strongly operators with one operand bind. */
    static final Map<String, Integer> UNARY = Map.of("not", 50, "!", 50, "-", 90, "+", 90);

    /** How strongly operators with two operands bind. */
    static final Map<String, Integer> BINARY = Map.ofEntries(
            Map.entry("|", 0),
            Map.entry("or", 10),
            Map.entry("||", 10),
            Map.entry("and", 15),
            Map.entry("&&", 15),
            Map.entry("==", 20),
            Map.entry("!=", 20),
            Map.entry("<", 20),
            Map.entry(">", 20),
            Map.entry(">=", 20),
            Map.entry("<=", 20),
            Map.entry("in", 20),
            Map.entry("matches", 20),
            Map.entry("contains", 20),
            Map.entry("startsWith", 20),
            Map.entry("endsWith", 20),
            Map.entry("..", 25),
            Map.entry("+", 30),
            Map.entry("-", 30),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("**", 100),
            Map.entry("^", 100),
            Map.entry("??", 500));

    private Operators() {}

    /** True for operators that a {@code not} may stand in front of. */
    static boolean isNegatable(String operator) {
        return switch (operator) {
            case "contains", "matches", "startsWith", "endsWith", "in" -> true;
            default -> false;
        };
    }

    /** True for operators that may be chained, as in {@code 1 < x < 9}. */
    static boolean isOrdering(String operator) {
        return switch (operator) {
            case "<", ">", "<=", ">=" -> true;
            default -> false;
        };
    }

    static Node unary(String operator, Node operand, int at) throws ExpressionException {
        ValueType type = operand.type();
        if (operator.equals("not") || operator.equals("!")) {
            if (type.isBool() || type.isAny()) {
                return Node.of(BOOL, frame -> !operand.test(frame), operand);
            }
        } else if (type.isNumber() || type.isAny()) {
            return operator.equals("+")
                    ? operand
                    : Node.of(type, frame -> Arithmetic.negated(operand.value(frame)), operand);
        }
        throw new ExpressionException("'" + operator + "' does not take " + type, at);
    }

    static Node binary(String operator, Node left, Node right, int at) throws ExpressionException {
        Optional<Node> node = switch (operator) {
            case "or", "||" -> Junction.of(true, left, right);
            case "and", "&&" -> Junction.of(false, left, right);
            case "==" -> equality(left, right, true);
            case "!=" -> equality(left, right, false);
            case "<", ">", "<=", ">=" -> ordering(operator, left, right);
            case "in" -> Membership.of(left, right, at);
            case "matches" -> Matching.of(left, right, at);
            case "contains", "startsWith", "endsWith" -> part(operator, left, right);
            case ".." -> range(left, right);
            case "??" -> coalesced(left, right);
            default -> Arithmetic.of(operator, left, right, at);
        };
        return node.orElseThrow(() -> new ExpressionException(
                "'" + operator + "' does not take " + left.type() + " and " + right.type(), at));
    }

    private static Optional<Node> equality(Node left, Node right, boolean wanted) {
        return left.type().isComparableTo(right.type())
                ? Optional.of(Node.of(
                        BOOL, frame -> Values.equal(left.value(frame), right.value(frame)) == wanted, left, right))
                : Optional.empty();
    }

    private static Optional<Node> ordering(String operator, Node left, Node right) {
        ValueType one = left.type();
        ValueType other = right.type();
        boolean fits = one.isNumber() && other.isNumber()
                || one.isString() && other.isString()
                || ValueType.mayBe(one, other, type -> type.isNumber() || type.isString());
        if (!fits) {
            return Optional.empty();
        }
        boolean less = operator.startsWith("<");
        boolean orEqual = operator.endsWith("=");
        return Optional.of(Node.of(
                BOOL,
                frame -> {
                    int order = Values.compare(left.value(frame), right.value(frame));
                    return order == 0 ? orEqual : order < 0 == less;
                },
                left,
                right));
    }

    private static Optional<Node> part(String operator, Node left, Node right) {
        ValueType one = left.type();
        ValueType other = right.type();
        if (!(one.isString() && other.isString()) && !ValueType.mayBe(one, other, ValueType::isString)) {
            return Optional.empty();
        }
        return Optional.of(Node.of(
                BOOL,
                frame -> {
                    Object whole = left.value(frame);
                    Object part = right.value(frame);
                    return whole != Nil.NIL
                            && part != Nil.NIL
                            && isPart(operator, Values.asString(whole), Values.asString(part));
                },
                left,
                right));
    }

    private static boolean isPart(String operator, String whole, String part) {
        return switch (operator) {
            case "contains" -> whole.contains(part);
            case "startsWith" -> whole.startsWith(part);
            default -> whole.endsWith(part);
        };
    }

    private static Optional<Node> range(Node left, Node right) {
        boolean fits = left.type().isInt() && right.type().isInt()
                || ValueType.mayBe(left.type(), right.type(), ValueType::isInt);
        return fits
                ? Optional.of(Node.of(
                        new ValueType.Listed(INT),
                        frame -> new IntRange(Values.asInt(left.value(frame)), Values.asInt(right.value(frame))),
                        left,
                        right))
                : Optional.empty();
    }

    private static Optional<Node> coalesced(Node left, Node right) {
        ValueType type = left.type() == NIL ? right.type() : right.type() == NIL ? left.type() : common(left, right);
        return Optional.of(Node.of(
                type,
                frame -> {
                    Object value = left.value(frame);
                    return value == Nil.NIL ? right.value(frame) : value;
                },
                left,
                right));
    }

    /** {@code condition ? yes : no}. */
    static Node conditional(Node condition, Node yes, Node no, int at) throws ExpressionException {
        if (!condition.type().isBool() && !condition.type().isAny()) {
            throw new ExpressionException("condition of '?' is of type " + condition.type() + ", expected bool", at);
        }
        ValueType type = yes.type() == NIL ? no.type() : no.type() == NIL ? yes.type() : common(yes, no);
        return Node.of(type, frame -> condition.test(frame) ? yes.value(frame) : no.value(frame), condition, yes, no);
    }

    private static ValueType common(Node one, Node other) {
        return one.type().equals(other.type()) ? one.type() : ANY;
    }
}
