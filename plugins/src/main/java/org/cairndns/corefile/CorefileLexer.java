package org.cairndns.corefile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Corefile text cut into words. No text is wrong for it; a quote that is never closed runs to the end of the text.
 *
 * <p>Source: CoreDNS's Corefile lexer at caddy 15135a999495.
 */
final class CorefileLexer {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int NEXT_LINE = 0x85;

    private final String text;
    private final String file;
    private final List<Lexeme> lexemes = new ArrayList<>();
    private Optional<Problem> openQuote = Optional.empty();
    private int index;
    private int line = 1;
    private int column = 1;
    private boolean lineIsEmpty = true;

    private CorefileLexer(String text, String file) {
        this.text = text;
        this.file = file;
    }

    /** The words of a text, with the problem of a quote left open. */
    record Result(List<Lexeme> lexemes, Optional<Problem> openQuote) {}

    static Result lex(String text, String file) {
        CorefileLexer lexer = new CorefileLexer(text, file);
        lexer.run();
        return new Result(lexer.lexemes, lexer.openQuote);
    }

    private void run() {
        if (hasNext() && peek() == BYTE_ORDER_MARK) {
            index++;
        }
        while (hasNext()) {
            int character = peek();
            if (character == '\n') {
                advance();
                lineIsEmpty = true;
            } else if (isWhiteSpace(character)) {
                advance();
            } else if (character == '#') {
                skipLine();
            } else if (character == '"') {
                quotedWord();
            } else {
                bareWord();
            }
        }
    }

    private void skipLine() {
        while (hasNext() && peek() != '\n') {
            advance();
        }
    }

    private void bareWord() {
        Position start = here();
        StringBuilder word = new StringBuilder();
        boolean comment = false;
        while (hasNext() && (peek() == '\r' || !isWhiteSpace(peek()))) {
            int character = advance();
            // Like CoreDNS, a comment glued to a word hides the rest of that word only: "a#b c" is "a", "c".
            comment |= character == '#';
            if (!comment && character != '\r') {
                word.appendCodePoint(character);
            }
        }
        emit(word, start);
    }

    private void quotedWord() {
        Position start = here();
        advance();
        StringBuilder word = new StringBuilder();
        boolean escaped = false;
        while (hasNext()) {
            int character = advance();
            if (!escaped && character == '"') {
                emit(word, start);
                return;
            }
            if (!escaped && character == '\\') {
                escaped = true;
                continue;
            }
            if (escaped && character != '"') {
                word.append('\\');
            }
            word.appendCodePoint(character);
            escaped = false;
        }
        openQuote = Optional.of(new Problem(start, "quote is never closed, expected '\"', got end of file"));
        if (!word.isEmpty()) {
            emit(word, start);
        }
    }

    private void emit(StringBuilder word, Position start) {
        lexemes.add(new Lexeme(new Token(word.toString(), start), lineIsEmpty));
        lineIsEmpty = false;
    }

    private Position here() {
        return new Position(file, line, column);
    }

    private boolean hasNext() {
        return index < text.length();
    }

    private int peek() {
        return text.codePointAt(index);
    }

    private int advance() {
        int character = peek();
        index += Character.charCount(character);
        if (character == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
        return character;
    }

    /** Unicode property White_Space, which {@link Character#isWhitespace} is not. */
    private static boolean isWhiteSpace(int character) {
        return (character >= '\t' && character <= '\r') || character == NEXT_LINE || Character.isSpaceChar(character);
    }
}
