package org.cairndns.plugin.view.expression;

import java.util.Locale;

/** Reader of numbers: {@code 42}, {@code 1_000}, {@code 0x2a}, {@code 0o52}, {@code 0b101}, {@code .5}, {@code 1e3}. */
final class NumberLiteral {
    private NumberLiteral() {}

    /** The number's node, an int of 64 bits or a float. */
    static Node read(Symbol symbol) throws ExpressionException {
        String text = symbol.text().replace("_", "").toLowerCase(Locale.ROOT);
        try {
            if (text.startsWith("0x")) {
                return integer(text.substring(2), 16);
            }
            if (text.startsWith("0b")) {
                return integer(text.substring(2), 2);
            }
            if (text.startsWith("0o")) {
                return integer(text.substring(2), 8);
            }
            if (text.indexOf('.') < 0 && text.indexOf('e') < 0) {
                return integer(text, 10);
            }
            double number = Double.parseDouble(text);
            if (!Double.isInfinite(number)) {
                return Node.constant(ValueType.Simple.FLOAT, number);
            }
        } catch (NumberFormatException e) {
            throw bad(symbol);
        }
        throw bad(symbol);
    }

    private static Node integer(String digits, int radix) {
        return Node.constant(ValueType.Simple.INT, Long.parseLong(digits, radix));
    }

    private static ExpressionException bad(Symbol symbol) {
        return new ExpressionException("bad number '" + symbol.text() + "', or too large", symbol.at());
    }
}
