package org.cairndns.plugin.health.status;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * HTML in the making: every text and every value of an attribute is escaped, every element that begins ends. Not
 * thread-safe.
 */
final class Markup {
    private final StringBuilder out = new StringBuilder("<!DOCTYPE html>\n");
    private final Deque<String> open = new ArrayDeque<>();

    /** Begins an element. */
    Markup begin(String tag, String... attributes) {
        empty(tag, attributes);
        open.push(tag);
        return this;
    }

    /** Ends the element that began last. */
    Markup end() {
        out.append("</").append(open.pop()).append(">\n");
        return this;
    }

    /** An element with a text. */
    Markup element(String tag, String text, String... attributes) {
        return begin(tag, attributes).text(text).end();
    }

    /**
     * An element without content or end.
     *
     * @param attributes names and values in turn
     */
    Markup empty(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    Markup text(String text) {
        escape(text);
        return this;
    }

    /** Control characters are shown as what they are: none of them belongs in a page. */
    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            switch (character) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(Character.isISOControl(character) ? '\uFFFD' : character);
            }
        }
    }

    /** The whole, once all elements have ended. */
    String whole() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("not ended: " + open);
        }
        return out.toString();
    }
}
