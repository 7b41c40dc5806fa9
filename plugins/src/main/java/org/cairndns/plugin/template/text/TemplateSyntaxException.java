package org.cairndns.plugin.template.text;

/** A fault in the text of a template; the message names line and column in that text, both from 1. */
public final class TemplateSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    TemplateSyntaxException(String text, int offset, String message) {
        super(position(text, Math.min(offset, text.length())) + ": " + message);
    }

    private static String position(String text, int offset) {
        String before = text.substring(0, offset);
        int lineStart = before.lastIndexOf('\n') + 1;
        long line = 1 + before.chars().filter(c -> c == '\n').count();
        return "line " + line + ", column " + (1 + before.codePointCount(lineStart, offset));
    }
}
