package org.cairndns.plugin.template.text;

import java.util.Locale;

/** Numbers in Go's spelling. */
final class Numbers {
    private Numbers() {}

    /**
     * Digits without a sign, 0 to 2^63-1.
     *
     * @param base 2 to 36, or 0 to go by a prefix ({@code 0x}, {@code 0o}, {@code 0}, {@code 0b}) and allow underscores
     * @throws NumberFormatException if the text is anything else
     */
    static long unsigned(String text, int base) {
        if (text.startsWith("-") || text.startsWith("+")) {
            throw new NumberFormatException("sign in \"" + text + "\"");
        }
        if (base != 0) {
            return Long.parseLong(text, base);
        }
        String digits = text.toLowerCase(Locale.ROOT).replace("_", "");
        if (digits.startsWith("0x")) {
            return unsigned(digits.substring(2), 16);
        }
        if (digits.startsWith("0b")) {
            return unsigned(digits.substring(2), 2);
        }
        if (digits.startsWith("0o")) {
            return unsigned(digits.substring(2), 8);
        }
        return Long.parseLong(digits, digits.startsWith("0") && digits.length() > 1 ? 8 : 10);
    }

    /**
     * A number as it stands in a template, a {@link Long} or a {@link Double}.
     *
     * @throws NumberFormatException if the text is none
     */
    static Object literal(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative || text.startsWith("+") ? text.substring(1) : text;
        if (digits.matches("[0-9]*\\.[0-9]*|[0-9.]+[eE][0-9]+")) {
            double value = Double.parseDouble(digits);
            return negative ? -value : value;
        }
        long value = unsigned(digits, 0);
        return negative ? -value : value;
    }
}
