package org.cairndns.plugin.view.expression;

/** Reader of the escape sequences in strings: those of expr-lang, which are Go's and {@code \}{@code u{...}}. */
final class StringEscapes {
    private static final String PLAIN = "abfnrtv\\'\"`?";
    private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"`?";
    private static final int MAX_BRACED_DIGITS = 6;

    private final String text;
    private final StringBuilder out;

    /** The character behind the sequence read last. */
    private int at;

    StringEscapes(String text, StringBuilder out) {
        this.text = text;
        this.out = out;
    }

    /**
     * Appends what the sequence at a backslash stands for.
     *
     * @return the place behind the sequence
     */
    int read(int backslash) throws ExpressionException {
        if (backslash + 1 >= text.length()) {
            throw new ExpressionException("string is never closed", backslash);
        }
        char c = text.charAt(backslash + 1);
        at = backslash + 2;
        int plain = PLAIN.indexOf(c);
        if (plain >= 0) {
            out.append(MEANT.charAt(plain));
        } else if (c >= '0' && c <= '3') {
            at--;
            append(digits(backslash, 3, 8), backslash);
        } else if (c == 'u' && at < text.length() && text.charAt(at) == '{') {
            braced(backslash);
        } else {
            int count = switch (c) {
                case 'x', 'X' -> 2;
                case 'u' -> 4;
                case 'U' -> 8;
                default ->
                    throw new ExpressionException(
                            "unknown escape sequence '\\" + c + "', write '\\\\' for a backslash", backslash);
            };
            append(digits(backslash, count, 16), backslash);
        }
        return at;
    }

    private void braced(int backslash) throws ExpressionException {
        int close = text.indexOf('}', at);
        int count = close - at - 1;
        if (close < 0 || count < 1 || count > MAX_BRACED_DIGITS) {
            throw new ExpressionException("expected one to six hexadecimal digits in '\\u{...}'", backslash);
        }
        at++;
        append(digits(backslash, count, 16), backslash);
        at++;
    }

    private long digits(int backslash, int count, int radix) throws ExpressionException {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), radix) : -1;
            if (digit < 0 || text.charAt(at) > 'f') {
                throw new ExpressionException("expected " + count + " digits in an escape sequence", backslash);
            }
            value = value * radix + digit;
            at++;
        }
        return value;
    }

    private void append(long codePoint, int backslash) throws ExpressionException {
        if (codePoint > Character.MAX_CODE_POINT) {
            throw new ExpressionException("no such character in an escape sequence", backslash);
        }
        out.appendCodePoint((int) codePoint);
    }
}
