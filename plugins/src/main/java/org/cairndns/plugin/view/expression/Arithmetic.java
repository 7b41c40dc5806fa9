package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.ANY;
import static org.cairndns.plugin.view.expression.ValueType.Simple.FLOAT;
import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;
import static org.cairndns.plugin.view.expression.ValueType.Simple.STRING;

import java.util.Optional;
import java.util.function.Predicate;

/** Operators that calculate; ints are of 64 bits and overflow silently, as in Go. */
final class Arithmetic {
    private Arithmetic() {}

    /** The node of {@code + - * / % ** ^}, empty if the operator does not take the operands. */
    static Optional<Node> of(String operator, Node left, Node right, int at) throws ExpressionException {
        if (operator.equals("%")
                && left.constant().isPresent()
                && right.constant().filter(value -> Values.equal(value, 0L)).isPresent()) {
            throw new ExpressionException("division by zero", at);
        }
        ValueType one = left.type();
        ValueType other = right.type();
        boolean concatenates = operator.equals("+");
        if (concatenates && one.isString() && other.isString()) {
            return node(STRING, operator, left, right);
        }
        Predicate<ValueType> check = operator.equals("%") ? ValueType::isInt : ValueType::isNumber;
        if (check.test(one) && check.test(other)) {
            return node(known(operator, one, other), operator, left, right);
        }
        Predicate<ValueType> mayBe = concatenates ? check.or(ValueType::isString) : check;
        ValueType unknown = switch (operator) {
            case "/", "**", "^" -> FLOAT;
            case "%" -> INT;
            default -> ANY;
        };
        return ValueType.mayBe(one, other, mayBe) ? node(unknown, operator, left, right) : Optional.empty();
    }

    private static ValueType known(String operator, ValueType one, ValueType other) {
        return switch (operator) {
            case "/", "**", "^" -> FLOAT;
            default -> one.isInt() && other.isInt() ? INT : FLOAT;
        };
    }

    private static Optional<Node> node(ValueType type, String operator, Node left, Node right) {
        return Optional.of(
                Node.of(type, frame -> result(operator, left.value(frame), right.value(frame)), left, right));
    }

    private static Object result(String operator, Object left, Object right) {
        return switch (operator) {
            case "/" -> Values.asFloat(left) / Values.asFloat(right);
            case "**", "^" -> Math.pow(Values.asFloat(left), Values.asFloat(right));
            case "%" -> remainder(Values.asInt(left), Values.asInt(right));
            default -> {
                if (left instanceof Long one && right instanceof Long other) {
                    yield ofInts(operator, one, other);
                }
                if (operator.equals("+") && left instanceof String text) {
                    yield text + Values.asString(right);
                }
                yield ofFloats(operator, Values.asFloat(left), Values.asFloat(right));
            }
        };
    }

    private static Long remainder(long left, long right) {
        if (right == 0) {
            throw new EvaluationException("division by zero");
        }
        return left % right;
    }

    private static Long ofInts(String operator, long left, long right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            default -> left * right;
        };
    }

    private static Double ofFloats(String operator, double left, double right) {
        return switch (operator) {
            case "+" -> left + right;
            case "-" -> left - right;
            default -> left * right;
        };
    }

    static Object negated(Object value) {
        return value instanceof Long number ? (Object) (-number) : (Object) (-Values.asFloat(value));
    }
}
