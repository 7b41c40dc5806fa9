package org.cairndns.plugin.view;

import java.util.List;
import org.cairndns.corefile.Position;
import org.cairndns.corefile.Token;

/**
 * An expression as the words of a line make it, one blank between two of them.
 *
 * @param words at least one
 */
record ExpressionText(List<Token> words) {
    ExpressionText {
        words = List.copyOf(words);
    }

    static ExpressionText of(List<Token> words) {
        return new ExpressionText(words);
    }

    String text() {
        return String.join(" ", words.stream().map(Token::text).toList());
    }

    /**
     * Place in the Corefile of a character, as far as the word shows it: escapes in a quoted word shift it.
     *
     * @param offset 0 to the length of the text
     */
    Position position(int offset) {
        int from = 0;
        for (Token word : words) {
            int end = from + word.text().length();
            if (offset <= end) {
                return inWord(word, offset - from);
            }
            from = end + 1;
        }
        return words.getLast().position();
    }

    private static Position inWord(Token word, int offset) {
        String before = word.text().substring(0, Math.max(0, offset));
        if (before.indexOf('\n') >= 0) {
            return word.position();
        }
        // Only a quoted word has blanks; its position is that of the quote.
        boolean quoted = word.text().chars().anyMatch(Character::isWhitespace);
        int column = word.position().column() + before.codePointCount(0, before.length()) + (quoted ? 1 : 0);
        return new Position(word.position().file(), word.position().line(), column);
    }
}
