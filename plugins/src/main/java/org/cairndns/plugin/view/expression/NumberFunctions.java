package org.cairndns.plugin.view.expression;

import static org.cairndns.plugin.view.expression.ValueType.Simple.ANY;
import static org.cairndns.plugin.view.expression.ValueType.Simple.FLOAT;
import static org.cairndns.plugin.view.expression.ValueType.Simple.INT;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Functions of numbers. */
final class NumberFunctions {
    private NumberFunctions() {}

    static Map<String, Function> all() {
        Map<String, Function> functions = new HashMap<>();
        functions.put("int", convert(INT, NumberFunctions::toInt));
        functions.put("float", convert(FLOAT, NumberFunctions::toFloat));
        functions.put("abs", NumberFunctions::abs);
        functions.put("ceil", rounding(Math::ceil));
        functions.put("floor", rounding(Math::floor));
        functions.put("round", rounding(NumberFunctions::round));
        functions.put("max", call -> extreme(call, 1));
        functions.put("min", call -> extreme(call, -1));
        functions.put("bitand", bits((x, y) -> x & y));
        functions.put("bitor", bits((x, y) -> x | y));
        functions.put("bitxor", bits((x, y) -> x ^ y));
        functions.put("bitnand", bits((x, y) -> x & ~y));
        functions.put("bitshl", bits((x, y) -> shift(y) ? x << y : 0));
        functions.put("bitshr", bits((x, y) -> shift(y) ? x >> y : x >> 63));
        functions.put("bitushr", bits((x, y) -> shift(y) ? x >>> y : 0));
        functions.put("bitnot", new FixedFunction(INT, List.of(INT), 1, args -> ~Values.asInt(args[0])));
        return functions;
    }

    /** A function of a number, or of a string that is one. */
    private static Function convert(ValueType result, FixedFunction.Body body) {
        return call -> {
            call.hasArguments(1, 1);
            ValueType type = call.argument(0).type();
            if (!type.isNumber() && !type.isString() && !type.isAny()) {
                throw call.fault("expected a number or a string, got " + type);
            }
            return new FixedFunction(result, List.of(ANY), 1, body).call(call);
        };
    }

    private static Object toInt(Object[] arguments) {
        if (arguments[0] instanceof String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new EvaluationException("'" + text + "' is no int");
            }
        }
        return arguments[0] instanceof Long number ? number : Long.valueOf((long) Values.asFloat(arguments[0]));
    }

    private static Object toFloat(Object[] arguments) {
        if (arguments[0] instanceof String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                throw new EvaluationException("'" + text + "' is no float");
            }
        }
        return Values.asFloat(arguments[0]);
    }

    private static Node abs(Call call) throws ExpressionException {
        call.hasArguments(1, 1);
        call.has(0, FLOAT);
        return new FixedFunction(call.argument(0).type(), List.of(FLOAT), 1, args -> {
                    if (args[0] instanceof Long number) {
                        return Math.abs(number);
                    }
                    return Math.abs(Values.asFloat(args[0]));
                })
                .call(call);
    }

    private static Function rounding(DoubleUnaryOperator rounding) {
        return new FixedFunction(FLOAT, List.of(FLOAT), 1, args -> rounding.applyAsDouble(Values.asFloat(args[0])));
    }

    /** Halves away from zero. */
    private static double round(double number) {
        return Math.copySign(Math.floor(Math.abs(number) + 0.5), number);
    }

    private static Function bits(LongBinaryOperator operator) {
        return new FixedFunction(
                INT, List.of(INT, INT), 2, args -> operator.applyAsLong(Values.asInt(args[0]), Values.asInt(args[1])));
    }

    private static boolean shift(long places) {
        if (places < 0) {
            throw new EvaluationException("cannot shift by " + places);
        }
        return places < Long.SIZE;
    }

    /** The largest or smallest of numbers and lists of numbers. */
    private static Node extreme(Call call, int sign) throws ExpressionException {
        call.hasArguments(1, Integer.MAX_VALUE);
        ValueType result = call.argument(0).type();
        for (Node argument : call.arguments()) {
            ValueType type = argument.type();
            if (!type.isNumber() && !type.isAny() && !type.isList()) {
                throw call.fault("expected numbers or lists of numbers, got " + type);
            }
            result = type.equals(result) && type.isNumber() ? result : ANY;
        }
        Node[] parts = call.parts();
        return Node.of(
                result,
                frame -> {
                    Object best = Nil.NIL;
                    for (Node part : parts) {
                        best = better(best, part.value(frame), sign);
                    }
                    return best;
                },
                parts);
    }

    private static Object better(Object best, Object value, int sign) {
        if (value instanceof List<?> list) {
            Object found = best;
            for (Object element : list) {
                found = better(found, element, sign);
            }
            return found;
        }
        Values.asFloat(value);
        return best == Nil.NIL || Values.compare(value, best) * sign > 0 ? value : best;
    }
}
