package org.cairndns.corefile;

import java.util.List;
import java.util.Optional;

/**
 * Server blocks as the text of a Corefile that means the same by itself: imports and environment references are gone.
 *
 * <p>Shape: a line per directive or property, indented by its depth, lines ending in a line feed.
 */
public final class CorefileText {
    private static final String INDENT = "    ";

    private CorefileText() {}

    /** The text, which reads as the same blocks; empty where no text does, such as of a word that ends in a backslash and has a space. */
    public static Optional<String> of(List<ServerBlock> blocks) {
        StringBuilder text = new StringBuilder();
        blocks.forEach(block -> write(block, text));
        return Optional.of(text.toString()).filter(written -> isSame(written, blocks));
    }

    private static void write(ServerBlock block, StringBuilder text) {
        writeWords(block.keys(), "", text);
        text.append(" {\n");
        block.directives().forEach(directive -> write(directive, INDENT, text));
        text.append("}\n");
    }

    private static void write(Directive directive, String indent, StringBuilder text) {
        text.append(indent).append(word(directive.name().text()));
        writeWords(directive.args(), " ", text);
        if (directive.hasBlock()) {
            text.append(" {\n");
            directive.properties().forEach(property -> write(property, indent + INDENT, text));
            text.append(indent).append('}');
        }
        text.append('\n');
    }

    private static void writeWords(List<Token> words, String before, StringBuilder text) {
        String separator = before;
        for (Token each : words) {
            text.append(separator).append(word(each.text()));
            separator = " ";
        }
    }

    private static String word(String text) {
        boolean bare = !text.isEmpty()
                && text.charAt(0) != '"'
                && text.chars()
                        .noneMatch(c -> c == '#' || c == 0x85 || Character.isWhitespace(c) || Character.isSpaceChar(c));
        return bare ? text : '"' + text.replace("\"", "\\\"") + '"';
    }

    private static boolean isSame(String text, List<ServerBlock> blocks) {
        Problems problems = new Problems(warning -> {});
        CorefileSource source = CorefileSource.of(text);
        return CorefileParser.parse(source, problems).stream()
                        .map(CorefileText::words)
                        .toList()
                        .equals(blocks.stream().map(CorefileText::words).toList())
                && problems.isEmpty();
    }

    private static List<Object> words(ServerBlock block) {
        return List.of(
                block.keys().stream().map(Token::text).toList(),
                block.directives().stream().map(CorefileText::words).toList());
    }

    private static List<Object> words(Directive directive) {
        return List.of(
                directive.name().text(),
                directive.argTexts(),
                directive.hasBlock(),
                directive.properties().stream().map(CorefileText::words).toList());
    }
}
