package org.cairndns.corefile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The outcome of parsing a Corefile, in text that a test can compare.
 *
 * @param outline one line per server block, directive and property, indented; empty after problems
 * @param warnings each as {@code file:line:column: message}
 * @param problems likewise
 */
record Parsed(String outline, List<String> warnings, List<String> problems) {

    static Parsed of(String text) {
        return of(new CorefileSource(text, "Corefile", Path.of(""), Map.of()));
    }

    static Parsed of(CorefileSource source) {
        List<Problem> warnings = new ArrayList<>();
        try {
            String outline = CorefileParser.parse(source, warnings::add).stream()
                    .map(Parsed::outline)
                    .collect(Collectors.joining());
            return new Parsed(outline, texts(warnings), List.of());
        } catch (CorefileException e) {
            return new Parsed("", texts(warnings), texts(e.problems()));
        }
    }

    private static List<String> texts(List<Problem> problems) {
        return problems.stream().map(Problem::toString).toList();
    }

    private static String outline(ServerBlock block) {
        StringBuilder outline = new StringBuilder();
        outline.append(block.zoneKeys().stream().map(ZoneKey::toString).collect(Collectors.joining(" ")))
                .append('\n');
        block.directives().forEach(directive -> append(outline, directive, "  "));
        return outline.toString();
    }

    private static void append(StringBuilder outline, Directive directive, String indent) {
        outline.append(indent).append(directive.name().text());
        directive.args().forEach(arg -> outline.append(" [").append(arg.text()).append(']'));
        outline.append(directive.hasBlock() ? " {}\n" : "\n");
        directive.properties().forEach(property -> append(outline, property, indent + "  "));
    }
}
