package org.cairndns.plugin.template.text;

import java.util.List;
import org.cairndns.plugin.template.text.Symbol.Kind;

/** Walk over the symbols of a template. */
final class SymbolCursor {
    private static final int MAX_NESTING = 100;

    private final String text;
    private final List<Symbol> symbols;
    private int index;
    private int nesting;

    SymbolCursor(String text) throws TemplateSyntaxException {
        this.text = text;
        this.symbols = new TemplateLexer(text).symbols();
    }

    Symbol peek() {
        return symbols.get(index);
    }

    /** The symbol that many places further on, or the end. */
    Symbol peek(int distance) {
        return symbols.get(Math.min(index + distance, symbols.size() - 1));
    }

    Symbol next() {
        Symbol symbol = peek();
        index = Math.min(index + 1, symbols.size() - 1);
        return symbol;
    }

    boolean isMark(String mark) {
        return peek().is(Kind.MARK, mark);
    }

    void expect(Kind kind, String wanted) throws TemplateSyntaxException {
        Symbol symbol = next();
        if (!symbol.is(kind, wanted)) {
            throw fault(symbol, "expected '" + wanted + "', got " + symbol.shown());
        }
    }

    void close() throws TemplateSyntaxException {
        expect(Kind.CLOSE, "}}");
    }

    /** Goes one level deeper, which has an end. */
    void enter() throws TemplateSyntaxException {
        if (++nesting > MAX_NESTING) {
            throw fault(peek(), "expected at most " + MAX_NESTING + " levels");
        }
    }

    void leave() {
        nesting--;
    }

    TemplateSyntaxException fault(Symbol symbol, String message) {
        return new TemplateSyntaxException(text, symbol.offset(), message);
    }
}
