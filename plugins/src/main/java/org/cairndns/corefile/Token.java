package org.cairndns.corefile;

/**
 * One word of a Corefile, without its quotes.
 *
 * @param text possibly empty ({@code ""}, or a reference to an unset variable)
 * @param position where the word starts; the opening quote for a quoted word
 */
public record Token(String text, Position position) {

    /** This token with another text at the same place. */
    Token withText(String newText) {
        return newText.equals(text) ? this : new Token(newText, position);
    }

    @Override
    public String toString() {
        return text;
    }
}
