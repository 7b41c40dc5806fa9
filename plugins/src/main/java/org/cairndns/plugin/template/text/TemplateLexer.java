package org.cairndns.plugin.template.text;

import java.util.ArrayList;
import java.util.List;
import org.cairndns.plugin.template.text.Symbol.Kind;

/** Template text cut into symbols; one object cuts one text. */
final class TemplateLexer {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    private final String text;
    private final List<Symbol> symbols = new ArrayList<>();
    private int at;

    /** True if the action before ended in a trim marker. */
    private boolean trimsNext;

    TemplateLexer(String text) {
        this.text = text;
    }

    List<Symbol> symbols() throws TemplateSyntaxException {
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            int end = open < 0 ? text.length() : open;
            boolean trims = open >= 0 && startsTrim(open);
            plainText(end, trims);
            if (open >= 0) {
                at = open + (trims ? 3 : 2);
                action(open);
            }
        }
        add(Kind.END, "", at, false);
        return symbols;
    }

    /** A minus right behind the braces trims if white space follows; otherwise it is a sign. */
    private boolean startsTrim(int open) {
        return text.startsWith("-", open + 2) && isSpace(open + 3);
    }

    private void plainText(int end, boolean trims) {
        String plain = text.substring(at, end);
        if (trimsNext) {
            plain = plain.stripLeading();
        }
        if (trims) {
            plain = plain.stripTrailing();
        }
        trimsNext = false;
        if (!plain.isEmpty()) {
            add(Kind.TEXT, plain, at, false);
        }
        at = end;
    }

    private void action(int open) throws TemplateSyntaxException {
        int first = skipSpace(at);
        if (text.startsWith("/*", first)) {
            comment(first);
            return;
        }
        add(Kind.OPEN, OPEN, open, false);
        while (true) {
            int next = skipSpace(at);
            boolean spaced = next > at;
            at = next;
            if (at >= text.length()) {
                throw fault(open, "action is never closed, expected '}}', got end of template");
            }
            if (spaced && text.startsWith("-" + CLOSE, at)) {
                trimsNext = true;
                at++;
            }
            if (text.startsWith(CLOSE, at)) {
                add(Kind.CLOSE, CLOSE, at, spaced);
                at += 2;
                return;
            }
            symbol(spaced);
        }
    }

    private void comment(int first) throws TemplateSyntaxException {
        int end = text.indexOf("*/", first + 2);
        int close = end < 0 ? -1 : skipSpace(end + 2);
        boolean trims = close > end + 2 && text.startsWith("-" + CLOSE, close);
        if (close < 0 || !trims && !text.startsWith(CLOSE, close)) {
            throw fault(first, "expected a comment that ends in '*/}}'");
        }
        trimsNext = trims;
        at = close + (trims ? 3 : 2);
    }

    private void symbol(boolean spaced) throws TemplateSyntaxException {
        char c = text.charAt(at);
        int start = at;
        if (c == '"' || c == '`' || c == '\'') {
            quoted(c, spaced);
        } else if (c == '.' && isNameStart(at + 1)) {
            at = nameEnd(at + 1);
            add(Kind.FIELD, text.substring(start + 1, at), start, spaced);
        } else if (isDigit(at) || (c == '.' || c == '-' || c == '+') && isDigit(at + 1)) {
            number();
            add(Kind.NUMBER, text.substring(start, at), start, spaced);
        } else if (c == '$') {
            at = nameEnd(at + 1);
            add(Kind.VARIABLE, text.substring(start, at), start, spaced);
        } else if (isNameStart(at)) {
            at = nameEnd(at);
            add(Kind.WORD, text.substring(start, at), start, spaced);
        } else {
            String mark = text.startsWith(":=", at)
                    ? ":="
                    : text.substring(at, at + Character.charCount(text.codePointAt(at)));
            if (!mark.equals(".") && !List.of("|", "(", ")", ",", ":=", "=").contains(mark)) {
                throw fault(at, "unexpected '" + mark + "' in an action");
            }
            at += mark.length();
            add(mark.equals(".") ? Kind.DOT : Kind.MARK, mark, start, spaced);
        }
    }

    private void number() {
        at++;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_' || text.charAt(at) == '.')) {
            at++;
        }
    }

    private void quoted(char quote, boolean spaced) throws TemplateSyntaxException {
        int start = at;
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            end += quote != '`' && text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw fault(start, "text is never closed, expected " + quote + ", got end of template");
        }
        String body = text.substring(start + 1, end);
        at = end + 1;
        String plain = quote == '`' ? body : unescaped(body, start);
        if (quote != '\'') {
            add(Kind.STRING, plain, start, spaced);
            return;
        }
        if (plain.codePointCount(0, plain.length()) != 1) {
            throw fault(start, "expected one character between ', got '" + body + "'");
        }
        add(Kind.NUMBER, String.valueOf(plain.codePointAt(0)), start, spaced);
    }

    private String unescaped(String body, int start) throws TemplateSyntaxException {
        if (body.indexOf('\\') < 0) {
            return body;
        }
        if (!body.matches("(?s)([^\\\\]|\\\\[ntr\\\\\"'])*")) {
            throw fault(start, "expected no escapes but \\n \\t \\r \\\\ \\\" \\' in a text, got \"" + body + "\"");
        }
        return body.translateEscapes();
    }

    private void add(Kind kind, String piece, int offset, boolean spaced) {
        symbols.add(new Symbol(kind, piece, offset, spaced));
    }

    private int skipSpace(int from) {
        int next = from;
        while (isSpace(next)) {
            next++;
        }
        return next;
    }

    private boolean isSpace(int index) {
        return index < text.length() && " \t\r\n".indexOf(text.charAt(index)) >= 0;
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    private boolean isNameStart(int index) {
        return index < text.length() && (Character.isLetter(text.charAt(index)) || text.charAt(index) == '_');
    }

    private int nameEnd(int from) {
        int end = from;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private TemplateSyntaxException fault(int offset, String message) {
        return new TemplateSyntaxException(text, offset, message);
    }
}
