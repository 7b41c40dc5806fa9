package org.cairndns.plugin.view.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.cairndns.plugin.view.expression.Symbol.Kind;

/** Text of an expression cut into symbols; one object cuts one text. */
final class ExpressionLexer {
    private static final Set<String> WORDS =
            Set.of("not", "in", "or", "and", "matches", "contains", "startsWith", "endsWith", "let", "if", "else");

    /** Marks, the longer ones first. */
    private static final List<String> MARKS = List.of(
            "&&", "||", "==", "!=", "<=", ">=", "**", "..", "?.", "??", "::", "(", ")", "[", "]", "{", "}", ",", ";",
            "%", "+", "-", "^", "!", "*", "<", ">", "=", ".", "?", ":", "|", "/", "#");

    private final String text;
    private final List<Symbol> symbols = new ArrayList<>();
    private int at;

    ExpressionLexer(String text) {
        this.text = text;
    }

    /** The symbols, the last one {@link Kind#END}. */
    List<Symbol> symbols() throws ExpressionException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                comment();
            } else {
                symbol(c);
            }
        }
        symbols.add(new Symbol(Kind.END, "", at));
        return symbols;
    }

    private void comment() throws ExpressionException {
        int end = text.indexOf("*/", at + 2);
        if (end < 0) {
            throw new ExpressionException("comment is never closed", at);
        }
        at = end + 2;
    }

    private void symbol(char c) throws ExpressionException {
        int start = at;
        if (c == '\'' || c == '"') {
            symbols.add(new Symbol(Kind.STRING, quoted(c), start));
        } else if (c == '`') {
            symbols.add(new Symbol(Kind.STRING, raw(), start));
        } else if (isDigit(at) || c == '.' && isDigit(at + 1)) {
            number();
            symbols.add(new Symbol(Kind.NUMBER, text.substring(start, at), start));
        } else if (isNameStart(text.codePointAt(at))) {
            skipName();
            String word = text.substring(start, at);
            if ((word.equals("b") || word.equals("B")) && at < text.length() && "'\"".indexOf(text.charAt(at)) >= 0) {
                throw new ExpressionException("strings of octets, b'...', are not supported", start);
            }
            symbols.add(new Symbol(WORDS.contains(word) ? Kind.MARK : Kind.NAME, word, start));
        } else {
            mark();
        }
    }

    private void mark() throws ExpressionException {
        for (String mark : MARKS) {
            if (text.startsWith(mark, at)) {
                symbols.add(new Symbol(Kind.MARK, mark, at));
                at += mark.length();
                return;
            }
        }
        String hint = text.charAt(at) == '&' ? ", write '&&'" : "";
        throw new ExpressionException("unexpected '" + Character.toString(text.codePointAt(at)) + "'" + hint, at);
    }

    private String quoted(char quote) throws ExpressionException {
        int start = at;
        StringBuilder value = new StringBuilder();
        StringEscapes escapes = new StringEscapes(text, value);
        at++;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            if (text.charAt(at) == '\\') {
                at = escapes.read(at);
            } else {
                value.append(text.charAt(at++));
            }
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw new ExpressionException("string is never closed", start);
        }
        at++;
        return value.toString();
    }

    /** A string in backquotes, where two of them stand for one. */
    private String raw() throws ExpressionException {
        int start = at;
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '`') {
                value.append(c);
            } else if (at < text.length() && text.charAt(at) == '`') {
                value.append(c);
                at++;
            } else {
                return value.toString();
            }
        }
        throw new ExpressionException("string is never closed", start);
    }

    private void number() throws ExpressionException {
        int start = at;
        String digits = "0123456789_";
        if (text.charAt(at) == '0' && at + 1 < text.length()) {
            switch (text.charAt(at + 1)) {
                case 'x', 'X' -> digits = "0123456789abcdefABCDEF_";
                case 'o', 'O' -> digits = "01234567_";
                case 'b', 'B' -> digits = "01_";
                default -> {}
            }
        }
        at += digits.startsWith("0123456789_") ? 0 : 2;
        skip(digits);
        if (at < text.length() && text.charAt(at) == '.' && !text.startsWith("..", at)) {
            at++;
            skip(digits);
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            skip(digits);
        }
        if (at < text.length() && isNamePart(text.codePointAt(at))) {
            throw new ExpressionException("bad number '" + text.substring(start, at + 1) + "'", start);
        }
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void skipName() {
        while (at < text.length() && isNamePart(text.codePointAt(at))) {
            at += Character.charCount(text.codePointAt(at));
        }
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private static boolean isNameStart(int c) {
        return c == '_' || c == '$' || Character.isLetter(c);
    }

    private static boolean isNamePart(int c) {
        return isNameStart(c) || Character.isDigit(c);
    }
}
