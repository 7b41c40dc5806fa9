package org.cairndns.plugin.view.expression;

import java.util.List;
import java.util.Map;
import org.cairndns.plugin.view.expression.Symbol.Kind;

/** Symbols of one expression, read from the front. */
final class SymbolCursor {
    private static final int MAX_SYMBOLS = 10_000;

    /** Words and marks that expr-lang knows and this parser does not. */
    private static final Map<String, String> LEFT_OUT = Map.of(
            "let", "variables ('let')",
            "if", "'if'; write CONDITION ? VALUE : VALUE",
            ";", "several expressions in one; write several lines 'expr'",
            "{", "maps",
            ".", "fields of maps",
            "?.", "fields of maps",
            "::", "'::'");

    private final List<Symbol> symbols;
    private int next;

    /**
     * A cursor at the first symbol.
     *
     * @param symbols the last one is the end
     */
    SymbolCursor(List<Symbol> symbols) throws ExpressionException {
        this.symbols = symbols;
        if (symbols.size() > MAX_SYMBOLS) {
            throw new ExpressionException("expression of more than " + MAX_SYMBOLS + " words and marks", 0);
        }
    }

    Symbol current() {
        return symbols.get(next);
    }

    /** The symbol behind the current one, which is not the end. */
    Symbol second() {
        return symbols.get(next + 1);
    }

    /** Goes on by a number of symbols; never behind the end. */
    void skip(int count) {
        next += count;
    }

    /** Reads a mark. */
    void expect(String mark) throws ExpressionException {
        if (!current().isMark(mark)) {
            throw unexpected("'" + mark + "'");
        }
        next++;
    }

    /** The fault that the current symbol is not what was expected. */
    ExpressionException unexpected(String expected) {
        Symbol symbol = current();
        String hint = symbol.isMark("=") ? ", write '==' to compare" : "";
        String leftOut = symbol.kind() == Kind.MARK ? LEFT_OUT.getOrDefault(symbol.text(), "") : "";
        return new ExpressionException(
                leftOut.isEmpty()
                        ? "expected " + expected + ", got " + symbol.shown() + hint
                        : "expr-lang's " + leftOut + ": not supported",
                symbol.at());
    }
}
